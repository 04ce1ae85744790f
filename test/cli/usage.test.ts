/** Wrong usage, wrong files and places that cannot be written: exit 2, one message that says what is allowed, and nothing runs. */
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { folderWith, here, PROGRAM, quorate, shell, TINY } from './program.js'

const FILES = {
  'tiny.yaml': TINY,
  'same-name.yaml': TINY,
  'wrong.yaml': 'duratoin: 5s\nstrategies: [quorom]\n',
  'file.txt': 'not a folder',
}

let folder: string
beforeAll(() => {
  folder = folderWith(FILES)
  mkdirSync(join(folder, 'full'))
  mkdirSync(join(folder, 'damaged'))
  writeFileSync(join(folder, 'damaged', 'result.json'), '{"schema": 1, "cells": [')
  symlinkSync('/dev/full', join(folder, 'full', 'cells.jsonl'))
})

const malformed = (name: string): string => resolve(`test/experiment/malformed/${name}.yaml`)

const WRONG: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['no command', [], /Usage: quorate/],
  ['an unknown command', ['rum', 'tiny.yaml'], /unknown command 'rum'\n\(Did you mean run\?\)/],
  ['an unknown option', ['run', 'tiny.yaml', '--seedz', '3'], /unknown option '--seedz'\n\(Did you mean --seeds\?\)/],
  ['no file', ['run'], /missing required argument 'files'/],
  ['a file that is not there', ['run', 'none.yaml'], /^none\.yaml cannot be read: there is no such file or folder\.$/m],
  ['a folder for a file', ['run', '.'], /^\. cannot be read: it is a folder, not a file\.$/m],
  ['a wrong file', ['run', 'wrong.yaml'], /^wrong\.yaml:1:1: .*did you mean duration/m],
  ['a file in another encoding', ['run', malformed('utf-16-little-endian')], /:1:1: This file is UTF-16/],
  ['a picture', ['run', malformed('portable-network-graphic')], /:3:1: There is a NUL byte here/],
  ['an alias bomb', ['run', malformed('alias-bomb')], /:6:\d+: From here on there are more than 100000 values\./],
  ['a grid of billions', ['run', malformed('grid-of-billions')], /:2:3: The axes have 1000 x 1000 x 1000 = /],
  ['ten mistakes', ['run', malformed('ten-mistakes-in-ten-sections')], /:1:7: (.|\n)*:9:10: (.|\n)*:10:1: /],
  ['a file without end', ['run', '/dev/zero'], /^\/dev\/zero cannot be read: it is larger than 500000 bytes\.$/m],
  ['a wrong file after a right one', ['run', 'tiny.yaml', 'wrong.yaml'], /^wrong\.yaml:\d:\d+: /],
  ['no seeds', ['run', 'tiny.yaml', '--seeds', '0'], /^--seeds is a whole number from 1 to 10000, not 0\./],
  ['half a thread', ['run', 'tiny.yaml', '--jobs', '1.5'], /^--jobs is a whole number from 1 to 1000, not 1\.5\./],
  ['a memory without unit', ['run', 'tiny.yaml', '--memory', '100'], /^--memory is a number in B, KB/],
  ['no memory', ['run', 'tiny.yaml', '--memory', '0B'], /^--memory is a number in B, KB/],
  [
    'an unknown format',
    ['run', 'tiny.yaml', '--format', 'xml'],
    /Allowed choices are table, html, markdown, csv, json, reference, hlog, svg\./,
  ],
  [
    'a text in no id',
    ['run', 'tiny.yaml', '--only', 'raft'],
    /no cell whose id contains raft; its 8 cells are single-/,
  ],
  ['more cells than anyone wants', ['run', 'tiny.yaml', '--seeds', '10001'], /^--seeds is a whole number/],
  ['one folder for two files', ['run', 'tiny.yaml', 'same-name.yaml'], /would both write to results\/tiny/],
  ['--out for two files', ['run', 'tiny.yaml', 'same-name.yaml', '--out', 'x'], /would both write to x/],
  ['a file as folder', ['run', 'tiny.yaml', '--out', 'file.txt'], /^file\.txt is a file, and results need a folder/],
  ['a folder in a file', ['run', 'tiny.yaml', '--out', 'file.txt/x'], /cannot be written to file\.txt\/x: ENOTDIR/],
  [
    'a folder that cannot be made',
    ['run', 'tiny.yaml', '--out', '/proc/quorate'],
    /^Results cannot be written to \/proc/,
  ],
  ['a folder on a full disk', ['run', 'tiny.yaml', '--out', 'full'], /cells\.jsonl cannot be written: ENOSPC/],
  ['no chart', ['run', 'tiny.yaml', '--format', 'svg'], /^--format svg draws one chart, .* there are .*visibility/],
  [
    'an unknown chart',
    ['run', 'tiny.yaml', '--format', 'svg', '--chart', 'visiblity'],
    /^There is no chart visiblity \(did you mean visibility\?\); there are .*visibility/,
  ],
  ['a chart in a table', ['run', 'tiny.yaml', '--chart', 'visibility'], /^--chart is for --format svg/],
  [
    'an unknown measure',
    ['run', 'tiny.yaml', '--measures', 'read.p99,lots'],
    /^--measures: there is no measure lots \(did you mean lost\?\); node .*cli\.js list measures prints them\.$/m,
  ],
  [
    'a zone of another file',
    ['run', 'tiny.yaml', '--measures', 'read.p99@us'],
    /^--measures: there is no zone us; there are a, b\.$/m,
  ],
  ['an unknown way to group', ['run', 'tiny.yaml', '--by', 'node'], /Allowed choices are zone/],
  ['an unknown list', ['list', 'strategie'], /no list strategie \(did you mean strategies\?\); there are strategies,/],
  ['no delays', ['predict'], /^predict needs the laws of the delays: /],
  ['no result', ['replay', 'nowhere', 'lww/1'], /^nowhere\/result\.json cannot be read: ENOENT/],
  ['a report of nothing', ['report'], /missing required argument 'results'/],
  ['no result to report', ['report', 'nowhere'], /^nowhere\/result\.json cannot be read: ENOENT/],
  ['a result that is none', ['report', 'damaged'], /^damaged\/result\.json is not JSON/],
  ['what is no result', ['replay', 'file.txt/x.json', 'lww/1'], /cannot be read: ENOTDIR/],
]

/** By the program itself one of each command, and what ends in a way of its own: by the parser, or on a full disk. */
const BY_PROGRAM = new Set([
  'no command',
  'an unknown option',
  'a wrong file',
  'a folder on a full disk',
  'an unknown list',
  'no delays',
  'no result',
  'no result to report',
])

describe('exit code 2', () => {
  it.each(WRONG)('for %s', async (what, args, message) => {
    const { code, stdout, stderr } = await (BY_PROGRAM.has(what) ? quorate : here)(folder, ...args)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('writes nothing', () => {
    expect(readdirSync(folder).sort()).toEqual([...Object.keys(FILES), 'damaged', 'full'].sort())
    expect(existsSync(join(folder, 'full', 'result.json'))).toBe(false)
  })
})

describe('a reader that leaves early', () => {
  it.each(['list', 'run --help', 'run tiny.yaml --dry-run'])('is no error of `%s`', async (command) => {
    const line = `'${process.execPath}' '${PROGRAM}' ${command} | head -c 0; echo "\${PIPESTATUS[0]}"`
    expect(await shell(folder, line)).toEqual({ code: 0, stdout: '0\n', stderr: '' })
  })

  it('still has the files of its run', async () => {
    const line = `'${process.execPath}' '${PROGRAM}' run tiny.yaml --out kept 2>&1 | head -c 0; echo "\${PIPESTATUS[0]}"`
    expect((await shell(folder, line)).stdout).toBe('0\n')
    expect(readdirSync(join(folder, 'kept')).sort()).toEqual([
      'cells.jsonl',
      'histograms.jsonl',
      'report.html',
      'report.md',
      'result.json',
    ])
  })

  it('is told from a disk that is full for results', async () => {
    const line = `ulimit -f 8; '${process.execPath}' '${PROGRAM}' run tiny.yaml --out limited`
    const { code, stdout, stderr } = await shell(folder, line)
    expect(stderr).toMatch(/^limited\/cells\.jsonl cannot be written: EFBIG.*\n$/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(existsSync(join(folder, 'limited', 'result.json'))).toBe(false)
  })

  it('is told from a full disk for standard output', async () => {
    const { code, stderr } = await shell(folder, `'${process.execPath}' '${PROGRAM}' list > /dev/full`)
    expect(stderr).toMatch(/^Standard output cannot be written: ENOSPC/)
    expect(code).toBe(1)
  })
})

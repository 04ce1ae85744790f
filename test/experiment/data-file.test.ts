/** The files that a workload file names: whole, as UTF-8, and from its own folder whatever paths and links say. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDataFile } from '../../src/experiment/file/data-file.js'
import { FileError } from '../../src/experiment/file/file-bytes.js'

const root = mkdtempSync(join(tmpdir(), 'quorate-'))
const home = join(root, 'home')

beforeAll(() => {
  mkdirSync(join(home, 'below'), { recursive: true })
  mkdirSync(join(root, 'home-too'))
  for (const name of [
    'outside.txt',
    'home/values.txt',
    'home/below/values.txt',
    'home-too/values.txt',
    'home/..values',
  ]) {
    writeFileSync(join(root, name), `\uFEFF${name}`)
  }
  writeFileSync(join(home, 'large.txt'), '1ms\n'.repeat(500_001))
  symlinkSync('below/values.txt', join(home, 'inside-link'))
  symlinkSync('../outside.txt', join(home, 'outside-link'))
  symlinkSync('..', join(home, 'folder-link'))
  symlinkSync('circle', join(home, 'circle'))
  symlinkSync(home, join(root, 'other-name'))
  execFileSync('mkfifo', [join(home, 'pipe')])
})

afterAll(() => rmSync(root, { recursive: true }))

describe('a data file', () => {
  it.each([
    ['values.txt', 'home/values.txt'],
    ['./below/../values.txt', 'home/values.txt'],
    ['below/values.txt', 'home/below/values.txt'],
    ['inside-link', 'home/below/values.txt'],
    ['..values', 'home/..values'],
  ])('%s is read, without its byte order mark', (name, text) => {
    expect(readDataFile(home, name)).toBe(text)
  })

  it('is read where the folder itself is reached by a link', () => {
    expect(readDataFile(join(root, 'other-name'), 'values.txt')).toBe('home/values.txt')
  })

  it.each([
    ['../outside.txt', 'its path leads out of the folder'],
    ['../home-too/values.txt', 'its path leads out of the folder'],
    ['..', 'its path leads out of the folder'],
    ['outside-link', 'it is a symbolic link that leads out of the folder'],
    ['folder-link/outside.txt', 'it is a symbolic link that leads out of the folder'],
    [join(home, 'values.txt'), 'its path is absolute'],
    ['circle', 'its symbolic links lead in a circle'],
    ['pipe', 'it is a pipe or a device, not a file'],
    ['below', 'it is a folder, not a file'],
    ['.', 'it is a folder, not a file'],
    ['values.txt/x', 'a part of its path is a file and no folder'],
    ['none.txt', 'there is no such file or folder'],
    ['a\0b', 'its name has a NUL character'],
    ['large.txt', 'it is larger than 2000000 bytes'],
  ])('%j is refused', (name, why) => {
    const read = () => readDataFile(home, name)
    expect(read).toThrow(FileError)
    expect(read).toThrow(why)
  })
})

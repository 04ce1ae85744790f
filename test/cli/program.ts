/**
 * The built program as a user meets it: a process with arguments, a working folder, two streams and an exit code. What only looks at what is printed and
 * written calls `here` instead, which has the same arguments and the same answer without a process: to start one takes a fifth of a second.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { main } from '../../dist/commands/program.js'

export const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
/** The program with mishaps planted into its workers: `run FILE FOLDER` and `replay FOLDER CELL`. */
export const PLANTED = fileURLToPath(new URL('./planted.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A few cells of some milliseconds each. */
export const TINY = `
name: tiny
seeds: 2
duration: 200ms
warmup: 50ms
settle: 1s
topology: { zones: { a: { nodes: 2 }, b: { nodes: 1 } }, links: { a--b: 5ms } }
workload: { records: 20, arrivals: poisson(300/s) }
strategies: [single-leader, lww, { quorum: { r: [1, 2] } }]
`

/** A new folder that holds these files. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

export function start(folder: string, args: readonly string[], file: string = PROGRAM): ChildProcess {
  return spawn(process.execPath, [file, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

export function quorate(folder: string, ...args: readonly string[]): Promise<Ended> {
  return ended(start(folder, args))
}

/** One at a time: folder, arguments, streams and exit code are those of the test's own process for as long as it takes. */
export async function here(folder: string, ...args: readonly string[]): Promise<Ended> {
  const { argv, exitCode } = process
  const home = process.cwd()
  const [stdout, stderr] = [written('stdout'), written('stderr')]
  process.chdir(folder)
  process.argv = [process.execPath, PROGRAM, ...args]
  process.exitCode = undefined
  try {
    await main(args)
    return { code: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() }
  } finally {
    Object.assign(process, { argv, exitCode })
    process.chdir(home)
    for (const { spy } of [stdout, stderr]) spy.mockRestore()
  }
}

function written(stream: 'stdout' | 'stderr') {
  let all = ''
  const spy = vi.spyOn(process[stream], 'write').mockImplementation((text) => {
    all += text
    return true
  })
  return { spy, text: () => all }
}

/** A line as a user would paste it. */
export function shell(folder: string, line: string): Promise<Ended> {
  return ended(spawn('bash', ['-c', line], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }))
}

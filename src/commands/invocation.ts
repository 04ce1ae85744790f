/** How this program was called, so that the commands which it prints work as printed in the shell that called it. */
import { basename, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const RESUME = '--resume'

/** `quorate` if it was found by that name, otherwise `node` and its file. */
export function programName(): string {
  const file = process.argv[1] ?? 'quorate'
  return basename(file) === 'quorate' ? 'quorate' : `node ${shellWord(relative(process.cwd(), file))}`
}

export function replayCommand(folder: string, cell: string): string {
  return `${programName()} replay ${shellWord(folder)} ${shellWord(cell)}`
}

/** The `run` that is under way, going on with what it has; before the other arguments, where `--` ends no options. */
export function resumeCommand(): string {
  const given = process.argv.slice(3).filter((argument) => argument !== RESUME)
  return [programName(), 'run', RESUME, ...given.map(shellWord)].join(' ')
}

/** The `run` that is under way, to be given again from the start: how fast and from where it went does not change what it gives. */
export function runCommand(): string {
  const given = process.argv.slice(3)
  const end = given.includes('--') ? given.indexOf('--') : given.length
  const isSpeed = (word: string, i: number): boolean =>
    word === RESUME || /^--jobs(=|$)/.test(word) || given[i - 1] === '--jobs'
  const words = given.filter((word, i) => i >= end || !isSpeed(word, i))
  return [programName(), 'run', ...words.map(shellWord)].join(' ')
}

/** A workload file that comes with the program, as a word for the shell. */
export function shippedWorkload(name: string): string {
  const file = fileURLToPath(new URL(`../../workloads/${name}.yaml`, import.meta.url))
  return shellWord(relative(process.cwd(), file))
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Quoted for a shell where that is needed; what would not print as itself is spelled out, as bash and POSIX 2024 read it. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  if (text.search(UNPRINTABLE) < 0) return `'${text.replaceAll("'", "'\\''")}'`
  const spelled = text.replaceAll(/[\\']/g, '\\$&').replaceAll(UNPRINTABLE, unicodeEscape)
  return `$'${spelled}'`
}

function unicodeEscape(character: string): string {
  return `\\U${(character.codePointAt(0) as number).toString(16).padStart(8, '0')}`
}

/**
 * `quorate init`: writes a workload file to begin with. What flags do not say is asked on a terminal, and takes its default elsewhere. Every
 * choice is tried in the file that it would make, so that it is refused in the words of the parser; a file that exists is left alone.
 */
import { existsSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalog } from '../catalog.js'
import { didYouMean } from '../core/did-you-mean.js'
import { UserError } from '../core/errors.js'
import { FileError, orFileError } from '../experiment/file/file-bytes.js'
import { parseSpec } from '../experiment/spec.js'
import { SpecError } from '../experiment/spec-error.js'
import { FINE, INTERRUPTED } from './exit-code.js'
import { type Choices, DEFAULT_CHOICES, TOPOLOGY_NAMES, workloadText } from './init-text.js'
import { programName, shellWord } from './invocation.js'
import { NoAnswer, Questions } from './questions.js'

type Choice = keyof Choices

export interface InitOptions extends Partial<Readonly<Record<Choice, string | undefined>>> {
  readonly force?: boolean | undefined
}

const QUESTIONS: Readonly<Record<Choice, string>> = {
  topology: `Where do the nodes stand (${TOPOLOGY_NAMES.join(', ')})?`,
  strategies: `Which strategies (${catalog.strategies.names.join(', ')}, or presets, which \`list presets\` prints)?`,
  rate: 'How many operations arrive?',
}

const CHOICES = Object.keys(QUESTIONS) as readonly Choice[]

const SCHEMA = fileURLToPath(new URL('../../workloads/workload.schema.json', import.meta.url))

/** Returns the exit code. `questions` is there on a terminal. */
export async function init(file: string, options: InitOptions, questions = questionsOnTerminal()): Promise<number> {
  try {
    refuseExisting(file, options)
    for (const choice of CHOICES) refuseWrong(choice, options[choice])
    const choices = await chosen(options, questions)
    write(file, workloadText(choices, schemaFrom(file)), options)
    process.stdout.write(`${file} is written. To run it:\n  ${programName()} run ${shellWord(file)}\n`)
    return FINE
  } catch (thrown) {
    if (!(thrown instanceof NoAnswer)) throw thrown
    process.stderr.write('\n')
    if (thrown.isInterrupted) return INTERRUPTED
    throw new UserError('The input ended before all was answered, and no file was written.')
  } finally {
    questions?.close()
  }
}

function questionsOnTerminal(): Questions | undefined {
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY
  return isTerminal ? new Questions(process.stdin, process.stderr) : undefined
}

async function chosen(options: InitOptions, questions: Questions | undefined): Promise<Choices> {
  const choices: Record<Choice, string> = { ...DEFAULT_CHOICES }
  for (const choice of CHOICES) {
    const initial = choices[choice]
    const given = options[choice]
    if (given !== undefined) choices[choice] = given
    else if (questions !== undefined)
      choices[choice] = await questions.ask(QUESTIONS[choice], initial, (answer) => complaint(choice, answer))
  }
  return choices
}

function refuseWrong(choice: Choice, given: string | undefined): void {
  const wrong = given === undefined ? undefined : complaint(choice, given)
  if (wrong !== undefined) throw new UserError(`--${choice}: ${wrong}`)
}

/** What the parser has against the file with this choice and otherwise the defaults. */
function complaint(choice: Choice, value: string): string | undefined {
  if (choice === 'topology') return topologyComplaint(value)
  try {
    parseSpec(workloadText({ ...DEFAULT_CHOICES, [choice]: value }, ''), '', catalog)
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof SpecError)) throw thrown
    return thrown.sentences.join(' ')
  }
}

function topologyComplaint(name: string): string | undefined {
  if (TOPOLOGY_NAMES.includes(name)) return undefined
  const guess = didYouMean(name, TOPOLOGY_NAMES)
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`
  return `There is no topology ${JSON.stringify(name)}${hint}; there are ${TOPOLOGY_NAMES.join(', ')}.`
}

function refuseExisting(file: string, { force }: InitOptions): void {
  if (!force && existsSync(file)) throw new UserError(`${file} exists already; --force replaces it.`)
}

function write(file: string, text: string, { force }: InitOptions): void {
  attempt(file, () => writeFileSync(file, text, { flag: force ? 'w' : 'wx' }))
}

/** With `/` and without blanks, at which editors would cut it off. */
function schemaFrom(file: string): string {
  const folder = attempt(file, () => realpathSync(dirname(resolve(file))))
  return encodeURI(relative(folder, SCHEMA).split(sep).join('/'))
}

function attempt<T>(file: string, action: () => T): T {
  try {
    return orFileError(action)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new UserError(`${file} cannot be written: ${error.message}.`)
  }
}

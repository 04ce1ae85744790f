/** Properties as a user would write them, what they stand for as plain keys, and the message with which they are refused. */
import { Problems } from '../../../src/experiment/file/problems.js'
import { NamedText } from '../../../src/experiment/file/source.js'
import { type Plain, plainOf } from '../../../src/experiment/file/tree.js'
import { SpecError } from '../../../src/experiment/spec-error.js'
import { readSheet, type Warn } from '../../../src/experiment/ycsb/sheet.js'
import { translate } from '../../../src/experiment/ycsb/translate.js'

export interface Meaning {
  readonly workload: Readonly<Record<string, Plain>>
  readonly beside: Readonly<Record<string, Plain>>
  readonly notes: readonly string[]
}

/** The least that a file needs. */
export const LEAST = 'recordcount=1000\noperationcount=500\n'

/** `overridden` are keys of the workload file. Throws `SpecError`. */
export function meaningOf(text: string, overridden: readonly string[] = [], warn?: Warn): Meaning {
  const problems = new Problems()
  const sheet = readSheet(new NamedText('w', text, 0), problems, warn)
  const notes: string[] = []
  const where = { name: 'w', file: 'properties/w', workloadFile: 'yaml/x.yaml' }
  const translating = { values: sheet.values, where, overridden: new Set(overridden), problems, notes }
  const { workload, beside } = translate(translating)
  problems.throwIfAny()
  const plain = (entries: typeof workload) =>
    Object.fromEntries([...entries].map(([key, { value }]) => [key, plainOf(value)]))
  return { workload: plain(workload), beside: plain(beside), notes: [...sheet.notes, ...notes] }
}

export function refusalOf(text: string, overridden: readonly string[] = []): string {
  try {
    meaningOf(text, overridden)
  } catch (thrown) {
    if (thrown instanceof SpecError) return thrown.message
    throw thrown
  }
  throw new Error('The properties were not refused.')
}

/** Properties as a user would write them, what they stand for as plain keys, and the message with which they are refused. */
import { Problems } from '../../../src/experiment/file/problems.js'
import { NamedText } from '../../../src/experiment/file/source.js'
import { type Plain, plainOf } from '../../../src/experiment/file/tree.js'
import { SpecError } from '../../../src/experiment/spec-error.js'
import { readSheet, type Warn } from '../../../src/experiment/ycsb/sheet.js'
import { translate } from '../../../src/experiment/ycsb/translate.js'
import { entriesOf, leaf } from '../../../src/experiment/ycsb/trees.js'

export interface Meaning {
  readonly workload: Readonly<Record<string, Plain>>
  readonly beside: Readonly<Record<string, Plain>>
  readonly notes: readonly string[]
}

/** The least that a file needs. */
export const LEAST = 'recordcount=1000\noperationcount=500\n'

/** Keys of the workload file, which override the properties. */
type Written = Readonly<Record<string, string | number>>

/** Throws `SpecError`. */
export function meaningOf(text: string, written: Written = {}, warn?: Warn): Meaning {
  const problems = new Problems()
  const source = new NamedText('w', text, 0)
  const sheet = readSheet(source, problems, warn)
  const place = { source, start: 0, end: 1 }
  const leaves = Object.entries(written).map(([key, value]) => [key, leaf(value, place)])
  const overridden = entriesOf(Object.fromEntries(leaves))
  const notes: string[] = []
  const where = { name: 'w', file: 'properties/w', workloadFile: 'yaml/x.yaml' }
  const translating = { values: sheet.values, where, overridden, problems, notes }
  const { workload, beside } = translate(translating)
  problems.throwIfAny()
  const plain = (entries: typeof workload) =>
    Object.fromEntries([...entries].map(([key, { value }]) => [key, plainOf(value)]))
  return { workload: plain(workload), beside: plain(beside), notes: [...sheet.notes, ...notes] }
}

export function refusalOf(text: string, written: Written = {}): string {
  try {
    meaningOf(text, written)
  } catch (thrown) {
    if (thrown instanceof SpecError) return thrown.message
    throw thrown
  }
  throw new Error('The properties were not refused.')
}

/**
 * Which records there are and which are asked for: `recordcount`, the part of it that `insertstart` and `insertcount` cut out, and
 * `requestdistribution`. YCSB's uniform, hotspot and sequential laws are over the part, whatever is inserted later; `latest` and `exponential`
 * count back from the newest record of all; `zipfian` is scrambled over the part and twice the inserts that are expected, so it must
 * know how many operations there will be.
 */
import type { Leaf, Mapping, Tree } from '../file/tree.js'
import type { Translating } from './translate.js'
import { leaf, mapping, percentText } from './trees.js'

/** Their laws are over the part. */
const OVER_PART: readonly string[] = ['uniform', 'zipfian', 'hotspot', 'sequential']

export function records({ values, overridden, problems, notes }: Translating): Leaf {
  const { recordcount, insertstart, insertcount, requestdistribution } = values
  const all = recordcount.value
  if (all === 0) {
    const sentence = 'recordcount says how many records there are; YCSB takes 0, or none, for 2147483647'
    if (!overridden.has('records')) problems.add(recordcount.place, sentence)
    return leaf(1, recordcount.place)
  }
  const part = insertcount.isGiven ? insertcount.value : all - insertstart.value
  const behind = all - insertstart.value - part
  const place = insertcount.isGiven ? insertcount.place : insertstart.place
  const sum = `insertstart + insertcount is ${insertstart.value} + ${part}`
  if (part < 1 || behind < 0) {
    problems.add(place, `${sum}: they cut out at least one of the records, of which recordcount says there are ${all}`)
  }
  if (part === all || !OVER_PART.includes(requestdistribution.value)) return leaf(all, recordcount.place)
  if (requestdistribution.value === 'zipfian' && behind > 0) {
    problems.add(place, `${sum}, and with requestdistribution=zipfian it is ${all}, which is recordcount`)
  }
  notes.push(`insertstart and insertcount cut out ${part} records; nobody asks for the others, and they are left out`)
  return leaf(part, place)
}

export function keys(translating: Translating): Tree {
  const { values } = translating
  const { value, place } = values.requestdistribution
  const overPart = (law: string): Mapping => mapping({ law: leaf(law, place), among: leaf('loaded', place) }, place)
  switch (value) {
    case 'hotspot': {
      const { hotspotdatafraction: data, hotspotopnfraction: operations } = values
      return overPart(`hotspot(${percentText(data.value)} ${percentText(operations.value)})`)
    }
    case 'exponential': {
      const { 'exponential.percentile': percentile, 'exponential.frac': fraction } = values
      return leaf(`exponential(${percentText(percentile.value / 100)} ${percentText(fraction.value)})`, place)
    }
    case 'zipfian':
      return leaf(`ycsb-zipfian(${twiceExpectedInserts(translating)})`, place)
    case 'latest':
      return leaf('latest', place)
    default:
      return overPart(value)
  }
}

/** YCSB multiplies by the proportion as it stands, whatever the sum of all is; a `count` written out goes before `operationcount` here too. */
function twiceExpectedInserts({ values, overridden, problems }: Translating): number {
  const { requestdistribution, operationcount, insertproportion } = values
  const count = overridden.get('count')
  if (!operationcount.isGiven && count === undefined && !overridden.has('keys')) {
    const why = 'YCSB makes room for twice as many records as so many operations are expected to insert'
    problems.add(requestdistribution.place, `requestdistribution=zipfian needs operationcount: ${why}`)
  }
  return Math.trunc(2 * (numberIn(count?.value) ?? operationcount.value) * insertproportion.value)
}

/** What is no number is refused where it stands. */
function numberIn(tree: Tree | undefined): number | undefined {
  return tree?.kind === 'leaf' && typeof tree.value === 'number' && tree.value >= 0 ? tree.value : undefined
}

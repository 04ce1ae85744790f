/**
 * `readproportion` and its like as shares. They are weights: YCSB divides them by their sum, and what is left out has its default, so that a
 * file without `updateproportion` has one update for every twenty times the others' weight.
 */
import type { Mapping } from '../file/tree.js'
import type { Translating } from './translate.js'
import { leaf, mapping, percentText, shortNumber } from './trees.js'

export function operationMix({ values, problems, notes }: Translating): Mapping {
  const weights = {
    read: values.readproportion,
    update: values.updateproportion,
    insert: values.insertproportion,
    scan: values.scanproportion,
    'read-modify-write': values.readmodifywriteproportion,
  }
  const { place } = values.readproportion
  const total = Object.values(weights).reduce((sum, { value }) => sum + value, 0)
  if (!(total > 0 && Number.isFinite(total))) {
    problems.add(place, 'The proportions are weights, and one of them is more than 0')
    return mapping({ read: leaf('100%', place) }, place)
  }
  const shares = Object.entries(weights).filter(([, { value }]) => value > 0)
  for (const [name, { value, isGiven }] of shares) {
    if (!isGiven) notes.push(`the proportion of ${name} is left out, so YCSB's default counts, which is ${value}`)
  }
  if (shortNumber(total) !== 1) notes.push(`the proportions are weights, and their sum is ${shortNumber(total)}`)
  const leaves = shares.map(([name, weight]) => [name, leaf(percentText(weight.value / total), weight.place)])
  return mapping(Object.fromEntries(leaves), place)
}

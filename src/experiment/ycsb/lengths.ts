/**
 * The lengths of scans and of fields as laws. YCSB draws whole numbers from a to b, both included. `uniform(a b)` would give the two ends half as
 * often, since draws are rounded; a Zipf law over whole numbers with the exponent 0 gives each of them equally often.
 */
import { dirname, relative, resolve } from 'node:path'
import type { Leaf } from '../file/tree.js'
import type { Given } from './sheet.js'
import type { Translating } from './translate.js'
import { leaf } from './trees.js'

export function scanLengths({ values, problems }: Translating): Leaf {
  const { minscanlength: least, maxscanlength: most, scanlengthdistribution } = values
  if (least.value > most.value) {
    const place = least.isGiven ? least.place : most.place
    problems.add(place, `minscanlength is at most maxscanlength; ${least.value} is more than ${most.value}`)
  }
  return leaf(spread(scanlengthdistribution.value, least.value, most.value, ''), most.place)
}

/** `minfieldlength` counts only where lengths differ. */
export function fieldLengths(translating: Translating): Leaf {
  const { values, problems } = translating
  const { minfieldlength: least, fieldlength: most, fieldlengthdistribution: law } = values
  if (law.value === 'histogram') return histogram(translating)
  if (law.value === 'constant') return leaf(`${most.value}B`, most.place)
  if (least.value > most.value) {
    const place = least.isGiven ? least.place : most.place
    problems.add(place, `minfieldlength is at most fieldlength; ${least.value} is more than ${most.value}`)
  }
  return leaf(spread(law.value, least.value, most.value, 'B'), most.place)
}

/** The whole numbers from `least` to `most`. */
function spread(law: 'uniform' | 'zipfian', least: number, most: number, unit: string): string {
  if (least >= most) return `${most}${unit}`
  return `zipfian(${least}${unit} ${most}${unit}${law === 'uniform' ? ' 0' : ''})`
}

/** The file lies beside the properties, and laws name files by their path from the workload file. */
function histogram({ values, where, problems }: Translating): Leaf {
  const { value, place }: Given<string> = values.fieldlengthhistogram
  const path = relative(dirname(where.workloadFile), resolve(dirname(where.file), value)).replaceAll('\\', '/')
  if (/[\s(),]/.test(path)) {
    problems.add(place, `A law names a file whose path has no blanks, commas or parentheses in it, unlike ${path}`)
  }
  return leaf(`histogram(${path})`, place)
}

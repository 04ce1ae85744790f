/**
 * A law as a histogram that was measured: a bucket by its weight, and of each bucket its upper end, (bucket + 1) times the block size, nothing
 * between. The file is YCSB's (`fieldlengthhistogram`): a line `BlockSize` and the size, then lines of a bucket and its weight, between them a
 * tab, a comma or blanks. Buckets that no line names weigh nothing. Left out: two slips of YCSB, which gives the last
 * bucket the value of the one before, and one more draw in the sum of the weights to the first.
 */
import { discrete } from './discrete.js'
import type { FileWord, ListedLaw, Parameter } from './family.js'
import { type Distribution, LARGEST_VALUE, type LawType } from './law.js'

const BLOCK: Parameter = { name: 'block size', dimension: 'quantity', range: 'positive', whole: true }
const WEIGHT: Parameter = { name: 'weight', dimension: 'number', range: 'non-negative', largest: 1e15 }
const MOST_BUCKETS = 9_999

function histogram([block, ...buckets]: readonly number[]): Distribution {
  const present = buckets.map((weight, bucket) => ({ weight, value: (bucket + 1) * block })).filter(isHeavy)
  return discrete({ values: present.map(({ value }) => value), weights: present.map(({ weight }) => weight) })
}

const isHeavy = ({ weight }: { readonly weight: number }): boolean => weight > 0

/** The block size, then the weights of the buckets from 0 on. */
function words(text: string, type: LawType, fail: (line: number, sentence: string) => never): readonly FileWord[] {
  const lines = text.split('\n').map((line, i) => ({ words: line.trim().split(/[\s,]+/), line: i + 1 }))
  const [head, ...rest] = lines.filter(({ words: [first] }) => first !== '' && !first.startsWith('#'))
  if (head === undefined) return []
  const [title, size] = head.words
  if (title !== 'BlockSize' || size === undefined || head.words.length > 2)
    fail(head.line, 'a histogram begins with BlockSize and the size of a bucket.')
  const weights: FileWord[] = []
  for (const { words: pair, line } of rest) {
    const bucket = Number(pair[0])
    if (pair.length !== 2 || !Number.isInteger(bucket) || bucket < 0 || bucket >= MOST_BUCKETS)
      fail(line, `a line is a bucket from 0 to ${MOST_BUCKETS - 1} and its weight.`)
    if (weights[bucket] !== undefined) fail(line, `bucket ${bucket} stands twice.`)
    weights[bucket] = { word: pair[1], line }
  }
  // A bare size is in bytes, as YCSB has it.
  const block = type === 'bytes' && /^\d+$/.test(size) ? `${size}B` : size
  return [
    { word: block, line: head.line },
    ...Array.from(weights, (weight) => weight ?? { word: '0', line: head.line }),
  ]
}

function check([block, ...weights]: readonly number[]): string | undefined {
  if (weights.every((weight) => weight === 0)) return 'at least one weight must be more than 0'
  return block * weights.length > LARGEST_VALUE ? 'the last bucket lies too far out' : undefined
}

export const histogramLaw: ListedLaw = {
  form: 'list',
  name: 'histogram',
  summary: "a histogram's buckets by weight: the size of a bucket and the weights, or a file as YCSB reads it",
  signature: 'histogram(FILE)',
  inOrder: true,
  element: (place) => (place === 0 ? BLOCK : WEIGHT),
  words,
  create: histogram,
  check,
}

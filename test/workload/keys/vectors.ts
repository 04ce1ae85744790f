/** The committed (u -> item) vectors: parts headed by `# 1000 items`, lines of u * 2^53 in hexadecimal and the item. */
import { readFileSync } from 'node:fs'

export interface Vector {
  readonly items: number
  readonly u: number
  readonly item: number
}

export function vectorsOf(file: string): Vector[] {
  const vectors: Vector[] = []
  let items = 0
  for (const line of readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')) {
    const [first, second] = line.split(' ') as [string, string]
    if (first !== '#') vectors.push({ items, u: Number.parseInt(first, 16) / 2 ** 53, item: Number(second) })
    else if (line.endsWith(' items')) items = Number(second)
  }
  return vectors
}

/** Messages that no client waits for and their bytes, by what they are for. */
import type { Purpose } from '../../replication/replica.js'

export type BackgroundSums = Readonly<Partial<Record<Purpose, { readonly messages: number; readonly bytes: number }>>>

export class BackgroundTraffic {
  private readonly sums = new Map<Purpose, { messages: number; bytes: number }>()

  /** Without bytes it only makes the purpose known. */
  add(purpose: Purpose, bytes: number): void {
    const sum = this.sums.get(purpose) ?? { messages: 0, bytes: 0 }
    if (bytes > 0) sum.messages++
    sum.bytes += bytes
    this.sums.set(purpose, sum)
  }

  soFar(): BackgroundSums {
    return Object.fromEntries([...this.sums].map(([purpose, sum]) => [purpose, { ...sum }]))
  }
}

export function trafficBetween(before: BackgroundSums, after: BackgroundSums): BackgroundSums {
  const grown = Object.entries(after).map(([purpose, sum]) => {
    const earlier = before[purpose as Purpose] ?? { messages: 0, bytes: 0 }
    return [purpose, { messages: sum.messages - earlier.messages, bytes: sum.bytes - earlier.bytes }]
  })
  return Object.fromEntries(grown)
}

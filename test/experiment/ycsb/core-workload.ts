/**
 * The generators of YCSB's `CoreWorkload`, written down once more as plainly as they can be, to compare ours with: `DiscreteGenerator`,
 * `ZipfianGenerator` (Gray et al. 1994), `ScrambledZipfianGenerator`, `SkewedLatestGenerator`, `UniformLongGenerator`, and an
 * `AcknowledgedCounterGenerator` of inserts that are acknowledged at once. Random numbers are those of `java.util.Random`.
 */

export interface Operation {
  readonly kind: string
  readonly record: number
  /** The newest record at that time. */
  readonly newest: number
  /** Of scans. */
  readonly length: number
}

class JavaRandom {
  private state: bigint

  constructor(seed: number) {
    this.state = BigInt(seed) ^ 0x5deece66dn
  }

  nextDouble(): number {
    return (this.bits(26) * 2 ** 27 + this.bits(27)) / 2 ** 53
  }

  private bits(count: number): number {
    this.state = (this.state * 0x5deece66dn + 0xbn) & ((1n << 48n) - 1n)
    return Number(this.state >> BigInt(48 - count))
  }
}

const THETA = 0.99

class Zipfian {
  private counted = 0
  private zeta = 0

  constructor(zeta?: number) {
    if (zeta !== undefined) [this.zeta, this.counted] = [zeta, Infinity]
  }

  /** From 0 up to and without `items`. */
  next(items: number, random: JavaRandom): number {
    for (; this.counted < items; this.counted++) this.zeta += 1 / (this.counted + 1) ** THETA
    const zeta2 = 1 + 1 / 2 ** THETA
    const eta = (1 - (2 / items) ** (1 - THETA)) / (1 - zeta2 / this.zeta)
    const u = random.nextDouble()
    if (u * this.zeta < 1) return 0
    if (u * this.zeta < 1 + 0.5 ** THETA) return 1
    return Math.floor(items * (eta * u - eta + 1) ** (1 / (1 - THETA)))
  }
}

function fnvhash64(value: number): bigint {
  let rest = BigInt(value)
  let hash = 0xcbf29ce484222325n
  for (let i = 0; i < 8; i++) {
    hash = BigInt.asUintN(64, (hash ^ (rest & 0xffn)) * 1099511628211n)
    rest >>= 8n
  }
  const signed = BigInt.asIntN(64, hash)
  return signed < 0n ? -signed : signed
}

/** Whole numbers of the file, as `Properties.getProperty` gives them to `CoreWorkload`. */
export type Settings = Readonly<Record<string, string>>

/** The first `count` operations of a client with one thread. */
export function operationsOf(settings: Settings, count: number, seed: number): readonly Operation[] {
  const random = new JavaRandom(seed)
  const number = (name: string, initial: number): number => Number(settings[name] ?? initial)
  const weights = [
    ['read', number('readproportion', 0.95)],
    ['update', number('updateproportion', 0.05)],
    ['insert', number('insertproportion', 0)],
    ['scan', number('scanproportion', 0)],
    ['read-modify-write', number('readmodifywriteproportion', 0)],
  ] as const
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  const kindOf = (): string => {
    let value = random.nextDouble()
    for (const [kind, weight] of weights) {
      if (value < weight / total) return kind
      value -= weight / total
    }
    throw new Error('The weights sum to less than 1.')
  }
  let newest = number('recordcount', 0) - 1
  const items = newest + 2 + Math.trunc(number('operationcount', 0) * number('insertproportion', 0) * 2)
  const scrambled = new Zipfian(26.46902820178302)
  const skewed = new Zipfian()
  const drawn = (): number =>
    settings['requestdistribution'] === 'latest'
      ? newest - skewed.next(newest, random)
      : Number(fnvhash64(scrambled.next(10_000_000_001, random)) % BigInt(items))
  const recordOf = (): number => {
    for (;;) {
      const record = drawn()
      if (record <= newest) return record
    }
  }
  const longest = number('maxscanlength', 1000)
  return Array.from({ length: count }, () => {
    const kind = kindOf()
    const record = kind === 'insert' ? ++newest : recordOf()
    return { kind, record, newest, length: kind === 'scan' ? 1 + Math.floor(random.nextDouble() * longest) : 0 }
  })
}

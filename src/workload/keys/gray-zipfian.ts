/**
 * The quick approximation of a Zipf law that YCSB draws from: the first two items have their exact probabilities, and the others those of a
 * continuous law through both ends, which is inverted (Gray et al. 1994, "Quickly generating billion-record synthetic databases", section 3.2;
 * `ZipfianGenerator` of YCSB, whose order of operations is kept, so that the same u gives the same item). Items may be added, and
 * zeta, the sum of 1 / i^theta, goes on. Left out: a theta of its own, which YCSB does not offer either.
 */
import { exactPower } from '../../core/exact-power.js'
import { power } from '../../core/mathematics.js'

const THETA = 0.99
const ALPHA = 1 / (1 - THETA)
const ZETA_OF_TWO = 1 + 1 / exactPower(2, THETA)
const SECOND_ITEM_BELOW = 1 + exactPower(0.5, THETA)

/** Far more than the share by which the plain power may miss: up to 1e10 items |y log x| is at most 23. */
const DOUBT = 1e-12

export class GrayZipfian {
  private count = 0
  private zeta = 0
  private eta = 0

  /** `zeta` of that many items, where it is known beforehand. */
  constructor(items: number, zeta?: number) {
    if (zeta === undefined) {
      this.grow(items)
      return
    }
    this.count = items
    this.zeta = zeta
    this.eta = etaOf(items, zeta)
  }

  /** Nothing happens if there are as many already. */
  grow(items: number): void {
    if (items === this.count) return
    for (let i = this.count + 1; i <= items; i++) this.zeta += 1 / power(i, THETA)
    this.count = items
    this.eta = etaOf(items, this.zeta)
  }

  /** The item, from 0, at `u` in [0, 1). At the very end of the range it may be the count itself. */
  at(u: number): number {
    const { count, eta } = this
    const share = u * this.zeta
    if (share < 1) return 0
    if (share < SECOND_ITEM_BELOW) return 1
    const base = eta * u - eta + 1
    const item = count * power(base, ALPHA)
    const isDoubtful = Math.abs(item - Math.round(item)) <= DOUBT * item
    return Math.floor(isDoubtful ? count * exactPower(base, ALPHA) : item)
  }
}

function etaOf(items: number, zeta: number): number {
  return (1 - exactPower(2 / items, 1 - THETA)) / (1 - ZETA_OF_TWO / zeta)
}

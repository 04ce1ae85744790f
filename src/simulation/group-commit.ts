/**
 * When writes to a node's disk become durable: one flush (fsync) at a time, and while it runs everybody who waits for a later one waits
 * together, so the next flush serves them all (group commit; Gawlick and Kinkade 1985). It knows who waits and who is served; how
 * long a flush takes, and what it makes durable, its owner knows.
 */
import { assert } from '../core/assert.js'

export class GroupCommit {
  isFlushing = false
  /** Those who wait, in order: first those served by the flush that is going on. */
  private kinds: number[] = []
  private arguments: number[] = []
  private served = 0

  get waiting(): number {
    return this.kinds.length
  }

  wait(kind: number, argument: number): void {
    this.kinds.push(kind)
    this.arguments.push(argument)
  }

  /** A flush begins, for all who wait by now. */
  begin(): void {
    assert(!this.isFlushing, 'one flush goes on at a time.')
    this.isFlushing = true
    this.served = this.kinds.length
  }

  /** The flush ends; `resume` is called for each of those it served, in order. */
  end(resume: (kind: number, argument: number) => void): void {
    assert(this.isFlushing, 'a flush that ends was going on.')
    const kinds = this.kinds.slice(0, this.served)
    const values = this.arguments.slice(0, this.served)
    this.kinds = this.kinds.slice(this.served)
    this.arguments = this.arguments.slice(this.served)
    this.served = 0
    // Whoever waits from here on waits for the next flush, which begins when all have resumed.
    kinds.forEach((kind, i) => {
      resume(kind, values[i] as number)
    })
    this.isFlushing = false
  }

  /** The process is gone, and with it all who waited. */
  clear(): void {
    this.isFlushing = false
    this.served = 0
    this.kinds = []
    this.arguments = []
  }
}

/** First in, first out: an array whose head moves, and which starts anew whenever it is empty. */
export class Fifo<T> {
  private items: T[] = []
  private head = 0

  get length(): number {
    return this.items.length - this.head
  }

  push(item: T): void {
    this.items.push(item)
  }

  /** `undefined` if there is none. */
  shift(): T | undefined {
    if (this.head === this.items.length) return undefined
    const item = this.items[this.head++] as T
    if (this.head === this.items.length) {
      this.items.length = 0
      this.head = 0
    }
    return item
  }
}

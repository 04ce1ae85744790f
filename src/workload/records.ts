/**
 * The records that there are: 0 .. count - 1, and each insert adds the next. A record counts from the moment its insert is drawn, not
 * from its acknowledgement as YCSB has it: what became of an operation must not move the draws of later ones, so a read may come
 * before the insert that it asks for and find nothing.
 */
export class Records {
  constructor(private total: number) {}

  get count(): number {
    return this.total
  }

  /** Returns the new record. */
  insert(): number {
    return this.total++
  }
}

/**
 * What the trials of a block come to, before any R and W is chosen. `commits[w]` is when the (w + 1)-th acknowledgement is back, `replies[r]`
 * when the (r + 1)-th reply is, and `lags[r]` the least W - R among the replicas that answered first, r + 1 of them: a read
 * that begins t after the write with w acknowledgements finds none of them up to date if and only if lags[r] - commits[w] > t (Bailis et al. 2012, section 4.1).
 * So one set of trials serves every R and W.
 */
import { BLOCK, type Columns } from './draws.js'

export class Order {
  readonly commits: readonly Float64Array[]
  readonly replies: readonly Float64Array[]
  readonly lags: readonly Float64Array[]
  private readonly sorted: Float64Array
  private readonly carried: Float64Array

  constructor(private readonly replicas: number) {
    const columns = (): Float64Array[] => Array.from({ length: replicas }, () => new Float64Array(BLOCK))
    this.commits = columns()
    this.replies = columns()
    this.lags = columns()
    this.sorted = new Float64Array(replicas)
    this.carried = new Float64Array(replicas)
  }

  /** Takes the next block. */
  take(columns: Columns): void {
    if (this.replicas === 3) this.takeThree(columns)
    else {
      this.sortCommits(columns)
      this.sortReplies(columns)
    }
  }

  /** By sorting networks, which keep everything in registers. */
  private takeThree({ write, ack, read, reply }: Columns): void {
    const [write0, write1, write2] = write
    const [ack0, ack1, ack2] = ack
    const [read0, read1, read2] = read
    const [reply0, reply1, reply2] = reply
    const [commits0, commits1, commits2] = this.commits
    const [replies0, replies1, replies2] = this.replies
    const [lags0, lags1, lags2] = this.lags
    for (let i = 0; i < BLOCK; i++) {
      const commitA = write0[i] + ack0[i]
      const commitB = write1[i] + ack1[i]
      const commitC = write2[i] + ack2[i]
      const less = commitA < commitB ? commitA : commitB
      const more = commitA < commitB ? commitB : commitA
      const rest = less < commitC ? commitC : less
      commits0[i] = less < commitC ? less : commitC
      commits1[i] = rest < more ? rest : more
      commits2[i] = rest < more ? more : rest

      let first = read0[i] + reply0[i]
      let second = read1[i] + reply1[i]
      let third = read2[i] + reply2[i]
      let firstLag = write0[i] - read0[i]
      let secondLag = write1[i] - read1[i]
      let thirdLag = write2[i] - read2[i]
      if (second < first) {
        ;[first, second] = [second, first]
        ;[firstLag, secondLag] = [secondLag, firstLag]
      }
      if (third < second) {
        ;[second, third] = [third, second]
        ;[secondLag, thirdLag] = [thirdLag, secondLag]
        if (second < first) {
          ;[first, second] = [second, first]
          ;[firstLag, secondLag] = [secondLag, firstLag]
        }
      }
      replies0[i] = first
      replies1[i] = second
      replies2[i] = third
      const leastOfTwo = firstLag < secondLag ? firstLag : secondLag
      lags0[i] = firstLag
      lags1[i] = leastOfTwo
      lags2[i] = leastOfTwo < thirdLag ? leastOfTwo : thirdLag
    }
  }

  private sortCommits({ write, ack }: Columns): void {
    const { replicas, sorted, commits } = this
    for (let i = 0; i < BLOCK; i++) {
      for (let replica = 0; replica < replicas; replica++) {
        const commit = write[replica][i] + ack[replica][i]
        let place = replica
        for (; place > 0 && commit < sorted[place - 1]; place--) sorted[place] = sorted[place - 1]
        sorted[place] = commit
      }
      for (let place = 0; place < replicas; place++) commits[place][i] = sorted[place]
    }
  }

  private sortReplies({ write, read, reply }: Columns): void {
    const { replicas, sorted, carried, replies, lags } = this
    for (let i = 0; i < BLOCK; i++) {
      for (let replica = 0; replica < replicas; replica++) {
        const answered = read[replica][i] + reply[replica][i]
        let place = replica
        for (; place > 0 && answered < sorted[place - 1]; place--) {
          sorted[place] = sorted[place - 1]
          carried[place] = carried[place - 1]
        }
        sorted[place] = answered
        carried[place] = write[replica][i] - read[replica][i]
      }
      let least = Number.POSITIVE_INFINITY
      for (let place = 0; place < replicas; place++) {
        least = least < carried[place] ? least : carried[place]
        replies[place][i] = sorted[place]
        lags[place][i] = least
      }
    }
  }
}

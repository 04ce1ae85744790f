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
  private readonly flatCommits: Float64Array
  private readonly flatReplies: Float64Array
  private readonly flatLags: Float64Array
  private readonly sorted: Float64Array
  private readonly carried: Float64Array

  /** `lags` are worked out up to `mostReplies`. */
  constructor(
    private readonly replicas: number,
    private readonly mostReplies: number,
  ) {
    this.flatCommits = new Float64Array(BLOCK * replicas)
    this.flatReplies = new Float64Array(BLOCK * replicas)
    this.flatLags = new Float64Array(BLOCK * replicas)
    const columns = (flat: Float64Array): Float64Array[] =>
      Array.from({ length: replicas }, (_, i) => flat.subarray(i * BLOCK, (i + 1) * BLOCK))
    this.commits = columns(this.flatCommits)
    this.replies = columns(this.flatReplies)
    this.lags = columns(this.flatLags)
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
    for (let place = 1; place < this.mostReplies; place++) lessOf(this.lags[place], this.lags[place - 1])
  }

  /** Without branches that no processor could predict: each value goes to the place that three comparisons say. */
  private takeThree({ write, ack, read, reply }: Columns): void {
    const { flatCommits, flatReplies, flatLags } = this
    const [write0, write1, write2] = write
    const [ack0, ack1, ack2] = ack
    const [read0, read1, read2] = read
    const [reply0, reply1, reply2] = reply
    for (let i = 0; i < BLOCK; i++) {
      const commitA = write0[i] + ack0[i]
      const commitB = write1[i] + ack1[i]
      const commitC = write2[i] + ack2[i]
      const ba = Number(commitB < commitA)
      const ca = Number(commitC < commitA)
      const cb = Number(commitC < commitB)
      flatCommits[i + BLOCK * (ba + ca)] = commitA
      flatCommits[i + BLOCK * (1 - ba + cb)] = commitB
      flatCommits[i + BLOCK * (2 - ca - cb)] = commitC
    }
    for (let i = 0; i < BLOCK; i++) {
      const first = read0[i] + reply0[i]
      const second = read1[i] + reply1[i]
      const third = read2[i] + reply2[i]
      const ba = Number(second < first)
      const ca = Number(third < first)
      const cb = Number(third < second)
      const a = i + BLOCK * (ba + ca)
      const b = i + BLOCK * (1 - ba + cb)
      const c = i + BLOCK * (2 - ca - cb)
      flatReplies[a] = first
      flatReplies[b] = second
      flatReplies[c] = third
      flatLags[a] = write0[i] - read0[i]
      flatLags[b] = write1[i] - read1[i]
      flatLags[c] = write2[i] - read2[i]
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
      for (let place = 0; place < replicas; place++) {
        replies[place][i] = sorted[place]
        lags[place][i] = carried[place]
      }
    }
  }
}

function lessOf(values: Float64Array, others: Float64Array): void {
  for (let i = 0; i < BLOCK; i++) if (others[i] < values[i]) values[i] = others[i]
}

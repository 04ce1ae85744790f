/** What a prediction is asked: of which model, and for which quorums. */
import type { ClosedForms } from '../advice/closed-forms/closed-forms.js'
import { replicasOf, type WarsModel } from '../advice/wars/model.js'
import type { Quorum, QuorumPrediction } from '../advice/wars/wars.js'
import { wholeOption } from './options.js'

/** A quorum that a variant of a workload has carries its label. */
export interface AskedQuorum extends Quorum {
  readonly label?: string
}

export interface Question {
  /** In a few words, for headings. */
  readonly about: string
  readonly model: WarsModel
  /** Those of a workload; null for whichever are usual. */
  readonly quorums: readonly AskedQuorum[] | null
  /** What was taken, and what was not: whole sentences. */
  readonly notes: readonly string[]
}

/** A prediction with what is told beside it. */
export interface PredictionView {
  readonly question: Question
  readonly n: number
  readonly trials: number
  readonly seed: number
  readonly writesPerRead: number
  readonly quorums: readonly AskedQuorum[]
  /** Beside the quorums. */
  readonly predictions: readonly QuorumPrediction[]
  readonly forms: ClosedForms
}

interface Choice {
  readonly r?: string | undefined
  readonly w?: string | undefined
  readonly all?: boolean | undefined
}

/** Up to so many replicas all pairs of R and W are told. */
const FEW_REPLICAS = 5

/** An R or a W that is given goes before those of a workload. */
export function chosenQuorums({ model, quorums }: Question, { r, w, all }: Choice): readonly AskedQuorum[] {
  const n = replicasOf(model)
  const given = r !== undefined || w !== undefined
  if (quorums !== null && !given && !all) return quorums
  const reads = r === undefined ? upTo(n) : [wholeOption('--r', r, n)]
  const writes = w === undefined ? upTo(n) : [wholeOption('--w', w, n)]
  const pairs = reads.flatMap((read) => writes.map((write) => ({ r: read, w: write })))
  return given || all || n <= FEW_REPLICAS ? pairs : pairs.filter((pair) => isUsual(n, pair))
}

/** Of many replicas: equal quorums up to the majority, and the smallest that always meet. */
export function isUsual(n: number, { r, w }: Quorum): boolean {
  return (r === w && r <= Math.floor(n / 2) + 1) || r + w === n + 1
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

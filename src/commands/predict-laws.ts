/**
 * The model of a prediction from laws on the command line. Each leg has one law for all replicas, or one for each in their order, which is how
 * hardware that differs is told. Laws are read as in workload files, and what is wrong with one is told in the same words.
 */
import { alike, fromOnePlace, LEGS, type Leg, legsOf, onePerZone, type WarsLegs } from '../advice/wars/model.js'
import { UserError } from '../core/errors.js'
import { LawError } from '../distributions/law-error.js'
import { LawReader } from '../experiment/file/law-reader.js'
import { WorkloadText } from '../experiment/file/source.js'
import { listed } from '../reports/text.js'
import { durationOption, wholeOption } from './options.js'
import type { Question } from './predict-question.js'

export interface LegOptions extends Partial<Readonly<Record<Leg, readonly string[] | undefined>>> {
  readonly n?: string | undefined
  readonly remote?: string | undefined
}

export const MOST_REPLICAS = 15
const USUAL_REPLICAS = 3

export function questionOfLaws(options: LegOptions): Question {
  const n = options.n === undefined ? replicasSaid(options) : wholeOption('--n', options.n, MOST_REPLICAS)
  const replicas = replicasOf(n, options)
  const about = `${n} replicas, ${LEGS.map((leg) => `${leg} ${told(options[leg] as readonly string[])}`).join(', ')}`
  if (options.remote === undefined) {
    const isAlike = LEGS.every((leg) => options[leg]?.length === 1)
    const model = isAlike ? alike(n, replicas[0] as WarsLegs) : fromOnePlace(replicas)
    return { about, model, quorums: null, notes: [] }
  }
  const remote = durationOption('--remote', options.remote)
  return {
    about: `${about}, other zones ${options.remote} farther each way`,
    model: onePerZone(replicas, remote),
    quorums: null,
    notes: [`Each replica is in a zone of its own; the zones of a write and of its read are drawn independently.`],
  }
}

/** The most laws that a leg has, and otherwise the usual number. */
function replicasSaid(options: LegOptions): number {
  const most = Math.max(...LEGS.map((leg) => options[leg]?.length ?? 0))
  return most > 1 ? Math.min(most, MOST_REPLICAS) : USUAL_REPLICAS
}

function replicasOf(n: number, options: LegOptions): readonly WarsLegs[] {
  const missing = LEGS.filter((leg) => options[leg] === undefined).map((leg) => `--${leg}`)
  if (missing.length > 0) throw new UserError(missingText(missing))
  const laws = new LawReader('--')
  const texts = (leg: Leg): string[] => {
    const given = options[leg] as readonly string[]
    if (given.length !== 1 && given.length !== n) throw new UserError(countText(leg, given.length, n))
    return given.map((text) => lawOf(`--${leg}`, text, laws))
  }
  const byLeg = { write: texts('write'), ack: texts('ack'), read: texts('read'), reply: texts('reply') }
  const known = new Map<string, WarsLegs>()
  return Array.from({ length: n }, (_, i) => {
    const of = (leg: Leg): string => (byLeg[leg][i] ?? byLeg[leg][0]) as string
    const own = { write: of('write'), ack: of('ack'), read: of('read'), reply: of('reply') }
    const key = LEGS.map((leg) => own[leg]).join('\n')
    const legs = known.get(key) ?? legsOf(own)
    known.set(key, legs)
    return legs
  })
}

function lawOf(option: string, text: string, laws: LawReader): string {
  const law = laws.read(text, 'time')
  if (!(law instanceof LawError)) return law
  throw new UserError(new WorkloadText(option, text).complaintAt(law.offset, law.message))
}

function missingText(missing: readonly string[]): string {
  const lacking = missing.length === LEGS.length ? 'the laws of the delays' : listed(missing)
  return `predict needs ${lacking}: a one-way delay for each leg, such as --write lnkd-disk --ack lnkd-ssd --read lnkd-ssd --reply lnkd-ssd; or take them from a workload with --file, or from a result with --from.`
}

function countText(leg: Leg, count: number, n: number): string {
  return `--${leg} is given ${count} times; give it once, for all replicas, or once for each of the ${n}.`
}

/** `lnkd-disk`, or the laws of the replicas one by one. */
const told = (laws: readonly string[]): string => laws.join(' / ')

/** A model has its delays from one place. */
export function refuseLaws(options: LegOptions, source: string): void {
  const given = [...LEGS, 'remote' as const].filter((name) => options[name] !== undefined).map((name) => `--${name}`)
  if (given.length === 0) return
  throw new UserError(`${source} takes the delays from there: leave out ${listed(given)}, or leave out ${source}.`)
}

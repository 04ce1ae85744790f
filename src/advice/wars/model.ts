/**
 * The WARS model of partial quorums (Bailis et al., VLDB 2012, section 4.1): what a prediction rests on. A coordinator sends every operation to
 * all N replicas; each has four one-way delays, the write's way there (W), its acknowledgement's back (A), the read
 * request's way there (R) and its reply's back (S). One write, then one read; no failure, no repair, no queue. Where the delays depend on
 * where operations begin, as in the paper's wide-area model, the model is a mixture of cases.
 */
import { assert } from '../../core/assert.js'
import type { Nanos } from '../../core/ids.js'
import { formatDuration } from '../../core/units.js'
import type { Law } from '../../distributions/law.js'
import { parseLaw } from '../../distributions/parse.js'

/** One-way delays between a coordinator and one replica. */
export interface WarsLegs {
  readonly write: Law
  readonly ack: Law
  readonly read: Law
  readonly reply: Law
}

/** A case of the model: the delays of all replicas, the write's as from where the write begins, the read's as from where the read does. */
export interface WarsCase {
  /** How often it comes up; those of a model sum to 1. */
  readonly share: number
  readonly replicas: readonly WarsLegs[]
}

export interface WarsModel {
  /** Each with as many replicas. */
  readonly cases: readonly WarsCase[]
}

export const LEGS = ['write', 'ack', 'read', 'reply'] as const
export type Leg = (typeof LEGS)[number]

export const replicasOf = ({ cases }: WarsModel): number => cases[0].replicas.length

/** All operations begin at the same place. */
export function fromOnePlace(replicas: readonly WarsLegs[]): WarsModel {
  return { cases: [{ share: 1, replicas }] }
}

/** `n` replicas that are all the same. */
export function alike(n: number, legs: WarsLegs): WarsModel {
  return fromOnePlace(Array.from({ length: n }, () => legs))
}

/** Writes and reads each begin at one of several origins, independently; `share` is that of the operations. */
export function fromOrigins(origins: readonly WarsCase[]): WarsModel {
  const cases = origins.flatMap((writer) =>
    origins.map((reader) => ({
      share: writer.share * reader.share,
      replicas: writer.replicas.map(({ write, ack }, i) => {
        const { read, reply } = reader.replicas[i]
        return { write, ack, read, reply }
      }),
    })),
  )
  return { cases }
}

/** The paper's wide-area model: a replica in each zone, every zone an origin; messages to and from the other zones take `remote` longer. */
export function onePerZone(replicas: readonly WarsLegs[], remote: Nanos): WarsModel {
  assert(remote >= 0, 'other zones are not nearer than the own one.')
  const far = replicas.map((legs) => later(legs, remote))
  const share = 1 / replicas.length
  return fromOrigins(
    replicas.map((near, home) => ({ share, replicas: far.map((legs, i) => (i === home ? near : legs)) })),
  )
}

/** The legs that laws of time name, as text. */
export function legsOf(texts: Readonly<Record<Leg, string>>): WarsLegs {
  const law = (leg: Leg): Law => parseLaw(texts[leg], 'time')
  return { write: law('write'), ack: law('ack'), read: law('read'), reply: law('reply') }
}

function later(legs: WarsLegs, by: Nanos): WarsLegs {
  const law = (leg: Leg): string => `${formatDuration(by)} + (${legs[leg].text})`
  return legsOf({ write: law('write'), ack: law('ack'), read: law('read'), reply: law('reply') })
}

/**
 * Who sends and who receives, as faults and the dice of the network see it. Node n is party n; all clients of zone z together are party
 * nodes + z, because clients come and go and a zone's clients share its weather. A flow is what passes from some parties to others.
 */

/** A node, or from `nodes` on the clients of a zone. */
export type PartyId = number

/** Everything that any of `from` sends to any of `to`. */
export interface Flow {
  readonly from: readonly PartyId[]
  readonly to: readonly PartyId[]
}

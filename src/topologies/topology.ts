/**
 * A named topology: zones with their nodes and clients, and a link for every two of them, from published round-trip times. The delay of a link is
 * lognormal about half the round trip: the matrices tell one number for a pair, which is close to its median, and both ways are
 * taken to be equally long. What a topology gives is filled into the cell, and whatever a workload file says goes before it.
 * Left out: routes that differ by direction (a few milliseconds), routes that change over months (tens of milliseconds between continents), spikes
 * and congestion; the faults `slow-link` and `message-loss` make those.
 */
import type { Plugin } from '../core/plugin.js'

export interface Topology<Options = unknown> extends Plugin<Options> {
  /** Where its figures come from, and of when. */
  readonly source: string
  /** All zones that it can have, by name. */
  readonly zones: readonly string[]
  layOut(options: Options): Layout
}

export interface Layout {
  readonly zones: readonly LayoutZone[]
  /** The link from zone i to zone j at `[i][j]`; inside a zone at `[i][i]`. */
  readonly links: readonly (readonly LayoutLink[])[]
}

export interface LayoutZone {
  readonly name: string
  readonly nodes: number
  /** The share of the clients that live here, 0..1. */
  readonly clients: number
}

export interface LayoutLink {
  /** Law of the one-way delay. */
  readonly delay: string
  /** Probability that a segment or datagram is lost. */
  readonly loss: number
}

/** Sigma inside a zone: hosts and switches vary by tens of microseconds, which is much of so short a way. An assumption of ours. */
const LOCAL_JITTER = 0.3

/** Nothing is lost inside a zone. */
export function localLink(roundTripMilliseconds: number): LayoutLink {
  return link(roundTripMilliseconds, LOCAL_JITTER, 0)
}

/** `jitter` is the sigma of the lognormal law. */
export function link(roundTripMilliseconds: number, jitter: number, loss: number): LayoutLink {
  return { delay: `lognormal(${roundTripMilliseconds / 2}ms ${jitter})`, loss }
}

/** Every zone has as many nodes and as many clients as any other; `linkOf` takes the names of two zones, or of one twice. */
export function evenLayout(
  names: readonly string[],
  nodes: number,
  linkOf: (from: string, to: string) => LayoutLink,
): Layout {
  return {
    zones: names.map((name) => ({ name, nodes, clients: 1 / names.length })),
    links: names.map((from) => names.map((to) => linkOf(from, to))),
  }
}

/**
 * Options of quorum replication that rule each other out wherever they are: one leaves the other nothing to do, or nobody to do it. As in
 * quorum-checks.ts a complaint begins with the option that has to go or to be different.
 */
import { isSerial } from './demands.js'
import type { QuorumOptions } from './quorum-options.js'
import { haveClocks } from './versions/clocked-versions.js'

export function checkCombination(options: QuorumOptions): string | undefined {
  return (
    checkCoordinator(options) ??
    checkContact(options) ??
    checkDetector(options) ??
    checkFlush(options) ??
    checkSerial(options) ??
    checkAffinity(options) ??
    checkClocks(options) ??
    checkGrace(options)
  )
}

/** A client that coordinates has no copy of its own and no peers that it watches, and is gone with its process. */
function checkCoordinator(options: QuorumOptions): string | undefined {
  if (options.coordinator !== 'client') return undefined
  const isSet: Readonly<Record<string, boolean>> = {
    digests: options.digests === true,
    relay: options.relay === true,
    put: options.put === 'local-first',
    forward: options.forward !== undefined,
    affinity: options.affinity !== undefined,
    sloppy: options.sloppy === true,
    hints: options.hints !== undefined,
    detector: options.detector !== undefined,
    versions: haveClocks(options),
  }
  const option = Object.keys(isSet).find((name) => isSet[name])
  return option && `${option}: only a node that coordinates can do this, and with coordinator: client none does`
}

function checkContact(options: QuorumOptions): string | undefined {
  const { contact, digests, speculation, heads } = options
  if (contact === 'all' && digests === true)
    return 'digests: with contact: all every replica is asked for its data; take contact: quorum'
  if (contact === 'all' && speculation !== undefined)
    return 'speculation: with contact: all no replica is left to ask; take contact: quorum'
  if (contact === 'all' && options['additional-writes'] !== undefined)
    return 'additional-writes: with contact: all no replica is left to repair; take contact: quorum'
  if (contact === 'quorum' && heads === true)
    return 'heads: with contact: quorum only as many replicas as must answer are asked, and all send their heads; take contact: all'
  return undefined
}

function checkDetector({ detector, hints, sloppy }: QuorumOptions): string | undefined {
  if (sloppy === true && hints === undefined)
    return 'sloppy: a node that stands in keeps what it is sent as a hint, and without hints it keeps none'
  if (detector !== undefined) return undefined
  if (sloppy === true) return 'sloppy: without detector nobody is ever held for down, so nobody stands in'
  if (hints !== undefined) return 'hints: without detector nobody is ever held for down, or for up again'
  return undefined
}

function checkFlush({ flush, dw }: QuorumOptions): string | undefined {
  if (flush === undefined || dw === undefined || dw === 0) return undefined
  return 'flush: acknowledgements come before writes are durable, and dw asks for durable ones'
}

/** Paxos orders versions by ballots, which are timestamps; siblings have no such order. */
function checkSerial({ r, levels, serial, versions, coordinator }: QuorumOptions): string | undefined {
  const reads = levels?.read === undefined ? (['r', r] as const) : (['levels.read', levels.read] as const)
  const [at, level] = serial === undefined ? reads : (['serial', serial] as const)
  if (!isSerial(level)) return undefined
  if (versions === 'vectors' || versions === 'dotted')
    return `${at}: ${level} decides on one version of a key, and versions: ${versions} keeps siblings`
  if (coordinator === 'client') return `${at}: ${level} is a round of Paxos, which nodes alone lead`
  return undefined
}

/** It travels in contexts, which versions with clocks alone have. */
function checkAffinity(options: QuorumOptions): string | undefined {
  if (options.affinity === undefined || haveClocks(options)) return undefined
  return 'affinity: contexts tell a session where to write, and without versions: vectors or dotted there are none'
}

/** Timestamps have ties, clocks have siblings, contexts and entries that are pruned. */
function checkClocks(options: QuorumOptions): string | undefined {
  const { ties, merge, context, prune, versions } = options
  if (haveClocks(options)) {
    return ties && `ties: timestamps can be equal, and with versions: ${versions} they order nothing but siblings`
  }
  if (merge !== undefined)
    return 'merge: siblings are merged, and without versions: vectors or dotted the last write wins at once'
  if (context === 'session')
    return 'context: it tells what a session has seen, and without versions: vectors or dotted no write asks'
  return prune && 'prune: version vectors are cut short, and without versions: vectors or dotted there are none'
}

function checkGrace({ grace, versions }: QuorumOptions): string | undefined {
  if (grace === undefined || versions === undefined || versions === 'timestamps') return undefined
  return `grace: tombstones are purged by their timestamps, and with versions: ${versions} they have none`
}

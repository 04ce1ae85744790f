/** The parts of a leaderless store that its options choose: how versions are made and kept, who is held for down, who keeps hints. */
import type { World } from '../../core/world.js'
import type { Message, ReplicaContext } from '../replica.js'
import { AntiEntropy } from './anti-entropy/anti-entropy.js'
import { CassandraCells } from './cassandra-cells.js'
import { createDetector } from './failure-detection/create-detector.js'
import { type FailureDetector, TRUSTING } from './failure-detector.js'
import { HintedHandoff } from './hints/hinted-handoff.js'
import { LocalCopy } from './local-copy.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import { ANTI_ENTROPY, GOSSIP, HINTS, PURGING, type Service } from './service.js'
import { VersionedStore } from './store.js'
import { TimestampMaker } from './timestamp-maker.js'
import { Purging } from './tombstones/purging.js'
import { LAST_WRITE_WINS, type VersionMaker, type Versions } from './versioned.js'
import { ClockedStore } from './versions/clocked-store.js'
import { clockedMaker, clockedVersions, haveClocks } from './versions/clocked-versions.js'

export interface Mechanisms {
  readonly versions: Versions
  readonly maker: VersionMaker
  readonly copy: LocalCopy
  readonly detector: FailureDetector
  readonly hints: HintedHandoff | null
  /** Those that have messages and timers of their own, by family. */
  readonly services: (Service | undefined)[]
}

export function mechanismsOf(
  context: ReplicaContext<Message>,
  options: QuorumOptions,
  placement: QuorumPlacement,
  world: World,
): Mechanisms {
  const services: (Service | undefined)[] = []
  const versions = versionsOf(options)
  const store = haveClocks(options) ? new ClockedStore(context.disk, versions) : new VersionedStore(context.disk)
  const copy = new LocalCopy(context, store)
  const nodes = world.zoneOf.length
  const detector = options.detector === undefined ? null : createDetector(context, options.detector, nodes)
  if (detector !== null) services[GOSSIP] = detector
  const heard = detector ?? TRUSTING
  const hints = options.hints === undefined ? null : new HintedHandoff(context, options.hints, copy, heard, versions)
  if (hints !== null) services[HINTS] = hints
  if (options['anti-entropy'] !== undefined) {
    const given = { context, options: options['anti-entropy'], copy, placement, detector: heard, versions, world }
    services[ANTI_ENTROPY] = new AntiEntropy(given)
  }
  if (options.grace !== undefined && store instanceof VersionedStore) {
    const purging = new Purging(context, copy, store, options.grace, world.keys)
    services[PURGING] = purging
    copy.observe(purging)
  }
  return { versions, maker: makerOf(context, options), copy, detector: heard, hints, services }
}

export function versionsOf(options: QuorumOptions): Versions {
  return haveClocks(options) ? clockedVersions(options) : LAST_WRITE_WINS
}

function makerOf(context: ReplicaContext<Message>, options: QuorumOptions): VersionMaker {
  return haveClocks(options) ? clockedMaker(context, options) : stampsOf(context, options)
}

/** Of versions with timestamps. */
export function stampsOf(context: ReplicaContext<Message>, { ties }: QuorumOptions): VersionMaker {
  return ties === 'cassandra' ? new CassandraCells(context) : new TimestampMaker(context)
}

/**
 * The side of an exchange that began it: it compares the other's tree with its own, level by level from the root, in one round trip a level, and
 * only below nodes that differ; for k leaves that differ among 2^d it looks at no more than 2 k d hashes.
 *
 * What differs at the leaves is repaired by the mode. Sessions stream all keys of such a leaf, both ways, the same ones too. Continuous
 * exchange compares the leaf's keys and takes those that differ from the other, then sends back what that one has not got; what the
 * other has nothing of is sent at once.
 */
import type { Key } from '../../../core/ids.js'
import type { Exchange } from './exchange.js'
import type { HashTree } from './hash-tree.js'
import { type Parts, sendTo } from './parts.js'
import type { Streams } from './streams.js'
import { AGREED, CLOSE, END, HASHES, KEY_HASHES, ROOT, TreeMessage } from './tree-messages.js'

export class Opener {
  constructor(
    private readonly parts: Parts,
    private readonly streams: Streams,
  ) {}

  onMessage(exchange: Exchange, message: TreeMessage): void {
    const { kind } = message
    if (kind === ROOT) this.onRoot(exchange, message)
    else if (kind === HASHES) this.onHashes(exchange, message)
    else if (kind === KEY_HASHES) this.onKeyHashes(exchange, message)
    else if (kind === END) this.onEnd(exchange)
  }

  private onRoot(exchange: Exchange, { hashes }: TreeMessage): void {
    if (exchange.peerRoot !== null) return
    exchange.peerRoot = hashes
    if (this.parts.options.mode === 'continuous') {
      exchange.tree = this.parts.trees.live(exchange.partition)
      exchange.changes = this.parts.agreement.changesOf(exchange.range)
    }
    this.compareRoots(exchange)
  }

  /** Once there are two. */
  compareRoots(exchange: Exchange): void {
    const { tree, peerRoot } = exchange
    if (tree === null || peerRoot === null) return
    if (peerRoot[0] === tree.high(0, 0) && peerRoot[1] === tree.low(0, 0)) {
      this.parts.agreement.agree(exchange.range, exchange.peer, exchange.changes)
      this.finish(exchange, AGREED)
    } else this.descend(exchange, 0, [0])
  }

  private onHashes(exchange: Exchange, { hashes, level: askedAt }: TreeMessage): void {
    // A datagram may come twice.
    if (askedAt !== exchange.level || exchange.isStreaming) return
    const tree = exchange.tree as HashTree
    const level = exchange.level + 1
    const children = exchange.nodes.flatMap((node) => tree.shape.childrenOf(exchange.level, node))
    const differing = children.filter(
      (child, i) => hashes[2 * i] !== tree.high(level, child) || hashes[2 * i + 1] !== tree.low(level, child),
    )
    // A tree that is kept up may have caught up meanwhile.
    if (differing.length === 0) this.finish(exchange, CLOSE)
    else this.descend(exchange, level, differing)
  }

  private onKeyHashes(exchange: Exchange, message: TreeMessage): void {
    if (exchange.isStreaming) return
    exchange.isStreaming = true
    const { mine, theirs } = this.differences(exchange, message)
    exchange.outgoing = mine
    exchange.isPulling = theirs.length > 0
    if (exchange.isPulling) this.ask(exchange, TreeMessage.pullKeys(exchange.number, theirs))
    this.streams.flow(exchange)
  }

  /** The other has sent all that it was asked for. */
  private onEnd(exchange: Exchange): void {
    exchange.isPulling = false
    this.streams.flow(exchange)
  }

  /** All that was outgoing has been stored. */
  onSent(exchange: Exchange): void {
    if (!exchange.isPulling) this.finish(exchange, CLOSE)
  }

  private finish(exchange: Exchange, kind: number): void {
    this.ask(exchange, TreeMessage.plain(kind, exchange.number, false))
    this.parts.end(exchange)
  }

  private descend(exchange: Exchange, level: number, nodes: readonly number[]): void {
    const { depth } = (exchange.tree as HashTree).shape
    exchange.level = level
    exchange.nodes = nodes
    if (level === depth && this.parts.options.mode === 'sessions') this.streamLeaves(exchange, nodes)
    else this.ask(exchange, TreeMessage.ask(exchange.number, level, nodes))
  }

  private streamLeaves(exchange: Exchange, leaves: readonly number[]): void {
    exchange.isStreaming = true
    exchange.isPulling = true
    this.ask(exchange, TreeMessage.pullLeaves(exchange.number, leaves))
    exchange.outgoing = this.parts.trees.keysIn(exchange.partition, leaves)
    this.streams.flow(exchange)
  }

  /** Of the keys of the leaves asked about, those that the other has nothing of, and those that it may have something new of. */
  private differences(exchange: Exchange, { numbers, hashes }: TreeMessage): { mine: Key[]; theirs: Key[] } {
    const tree = exchange.tree as HashTree
    const placeOf = new Map(numbers.map((key, place) => [key, place]))
    const keys = new Set([...numbers, ...this.parts.trees.keysIn(exchange.partition, exchange.nodes)])
    const mine: Key[] = []
    const theirs: Key[] = []
    for (const key of keys) {
      const place = placeOf.get(key)
      const high = place === undefined ? 0 : (hashes[2 * place] as number)
      const low = place === undefined ? 0 : (hashes[2 * place + 1] as number)
      const slot = this.parts.index.slotOf(key)
      if (high === tree.keyHigh(slot) && low === tree.keyLow(slot)) continue
      if (high === 0 && low === 0) mine.push(key)
      else theirs.push(key)
    }
    return { mine, theirs }
  }

  private ask(exchange: Exchange, message: TreeMessage): void {
    sendTo(this.parts, exchange.peer, 'tree-exchange', message)
  }
}

/**
 * The side of an exchange that began it: it compares the other's tree with its own, level by level from the root, in one round trip a level, and
 * only below nodes that differ; for k leaves that differ among 2^d it looks at no more than 2 k d hashes.
 *
 * What differs at the leaves is repaired by the mode. Sessions stream all keys of such a leaf, both ways, the same ones too. Continuous
 * exchange compares the leaf's keys, and of those that differ their versions, as Riak's repair by a read asks for heads: so a value goes once,
 * to where it is missing, and twice only where versions are concurrent: the opener merges them and sends them back.
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
    else if (kind === END) this.onEnd(exchange, message)
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
    if (exchange.isPulling) this.pull(exchange, theirs)
    this.streams.flow(exchange)
  }

  private pull(exchange: Exchange, keys: readonly Key[]): void {
    const versions = keys.map((key) => this.parts.copy.at(key))
    this.ask(exchange, TreeMessage.pullKeys(exchange.number, keys, versions))
  }

  /** The other has sent all that this one lacked. */
  private onEnd(exchange: Exchange, { numbers }: TreeMessage): void {
    if (!exchange.isPulling) return
    exchange.isPulling = false
    exchange.outgoing.push(...numbers)
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

  /** Of the keys of the leaves asked about, those that the other holds nothing of, and those of which the two hold different things. */
  private differences(exchange: Exchange, { numbers, hashes }: TreeMessage): { mine: Key[]; theirs: Key[] } {
    const { index, trees } = this.parts
    const tree = exchange.tree as HashTree
    const theirs: Key[] = []
    numbers.forEach((key, place) => {
      const slot = index.slotOf(key)
      if (hashes[2 * place] === tree.keyHigh(slot) && hashes[2 * place + 1] === tree.keyLow(slot)) return
      theirs.push(key)
    })
    const told = new Set(numbers)
    const mine = trees.keysIn(exchange.partition, exchange.nodes).filter((key) => !told.has(key))
    return { mine, theirs }
  }

  private ask(exchange: Exchange, message: TreeMessage): void {
    sendTo(this.parts, exchange.peer, 'tree-exchange', message)
  }
}

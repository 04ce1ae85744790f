/** The side of an exchange that was asked for it: it tells hashes of its tree, and sends the versions that the opener pulls and lacks. */
import type { Key } from '../../../core/ids.js'
import type { Versioned } from '../versioned.js'
import type { Exchange } from './exchange.js'
import type { HashTree } from './hash-tree.js'
import { type Parts, sendTo } from './parts.js'
import type { Streams } from './streams.js'
import { ASK, PULL_KEYS, PULL_LEAVES, TreeMessage } from './tree-messages.js'

export class Answerer {
  constructor(
    private readonly parts: Parts,
    private readonly streams: Streams,
  ) {}

  /** Its tree is there. */
  tellRoot(exchange: Exchange): void {
    const tree = exchange.tree as HashTree
    this.answer(exchange, TreeMessage.root(exchange.number, tree.high(0, 0), tree.low(0, 0)))
  }

  onMessage(exchange: Exchange, message: TreeMessage): void {
    const { kind, level, numbers } = message
    const tree = exchange.tree as HashTree
    if (kind === ASK && level < tree.shape.depth) this.tellChildren(exchange, tree, message)
    else if (kind === ASK) this.tellKeys(exchange, tree, numbers)
    else if (kind === PULL_LEAVES) this.send(exchange, this.parts.trees.keysIn(exchange.partition, numbers))
    else if (kind === PULL_KEYS) this.sendNews(exchange, message)
  }

  /** All that was pulled has been stored. */
  onSent(exchange: Exchange): void {
    if (!exchange.isPulling) return
    exchange.isPulling = false
    this.answer(exchange, TreeMessage.end(exchange.number, exchange.wanted))
  }

  private send(exchange: Exchange, keys: number[]): void {
    exchange.isPulling = true
    exchange.outgoing = keys
    this.streams.flow(exchange)
  }

  /** Of keys that differ, what the opener has not got; the others it is to send itself. */
  private sendNews(exchange: Exchange, { numbers, versions: theirs }: TreeMessage): void {
    const { copy, versions } = this.parts
    const news: Key[] = []
    const wanted: Key[] = []
    numbers.forEach((key, i) => {
      const their = theirs[i] as Versioned
      const mine = copy.at(key)
      if (versions.isSame(mine, their)) return
      if (versions.reconcile(mine, their) === their) wanted.push(key)
      else news.push(key)
    })
    exchange.wanted = wanted
    this.send(exchange, news)
  }

  private tellChildren(exchange: Exchange, tree: HashTree, { level, numbers }: TreeMessage): void {
    const children = numbers.flatMap((node) => tree.shape.childrenOf(level, node))
    const hashes = new Int32Array(2 * children.length)
    children.forEach((child, i) => {
      hashes[2 * i] = tree.high(level + 1, child)
      hashes[2 * i + 1] = tree.low(level + 1, child)
    })
    this.answer(exchange, TreeMessage.hashes(exchange.number, level, hashes))
  }

  private tellKeys(exchange: Exchange, tree: HashTree, leaves: readonly number[]): void {
    const keys = this.parts.trees.keysIn(exchange.partition, leaves)
    const hashes = new Int32Array(2 * keys.length)
    keys.forEach((key, i) => {
      const slot = this.parts.index.slotOf(key)
      hashes[2 * i] = tree.keyHigh(slot)
      hashes[2 * i + 1] = tree.keyLow(slot)
    })
    this.answer(exchange, TreeMessage.keyHashes(exchange.number, keys, hashes))
  }

  private answer(exchange: Exchange, message: TreeMessage): void {
    sendTo(this.parts, exchange.peer, 'tree-exchange', message)
  }
}

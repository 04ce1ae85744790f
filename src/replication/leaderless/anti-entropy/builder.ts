/**
 * Gets the tree of an exchange. A session's tree costs the reading of all keys of the range, a thousand of them at a time, so that
 * what clients ask of the node comes in between; it is then of what is held when the last of them has been read.
 */
import type { Exchange } from './exchange.js'
import type { HashTree } from './hash-tree.js'
import { entryOf, type Parts, sendTo } from './parts.js'
import { entryBytes } from './stream-messages.js'
import { ALIVE, SCAN_KEYS, TreeMessage } from './tree-messages.js'

const KEYS_AT_A_TIME = 1000

export class Builder {
  constructor(
    private readonly parts: Parts,
    private readonly onBuilt: (exchange: Exchange) => void,
  ) {}

  begin(exchange: Exchange): void {
    exchange.unread = this.parts.index.countIn(exchange.partition)
    this.readOn(exchange)
  }

  /** So many keys have been read. */
  onRead(exchange: Exchange): void {
    if (exchange.unread > 0) {
      const alive = TreeMessage.plain(ALIVE, exchange.number, !exchange.isOpener)
      sendTo(this.parts, exchange.peer, 'tree-exchange', alive)
    }
    this.readOn(exchange)
  }

  /** The tree that is kept up, as it is now. */
  takeLive(exchange: Exchange): void {
    this.take(exchange, this.parts.trees.live(exchange.partition))
  }

  private readOn(exchange: Exchange): void {
    const { context } = this.parts
    const rows = Math.min(exchange.unread, KEYS_AT_A_TIME)
    exchange.unread -= rows
    if (rows > 0) context.send(context.id, TreeMessage.work(SCAN_KEYS, exchange.serial, rows))
    else this.build(exchange)
  }

  private build(exchange: Exchange): void {
    const { context, index, trees } = this.parts
    const { partition } = exchange
    const { leaves } = index.shapeOf(partition)
    let bytes = 0
    for (let leaf = 0; leaf < leaves; leaf++) {
      for (const key of trees.keysIn(partition, [leaf])) bytes += entryBytes(entryOf(this.parts, key))
    }
    context.account('tree-building', bytes)
    this.take(exchange, trees.build(partition))
  }

  private take(exchange: Exchange, tree: HashTree): void {
    exchange.tree = tree
    exchange.changes = this.parts.agreement.changesOf(exchange.range)
    this.onBuilt(exchange)
  }
}

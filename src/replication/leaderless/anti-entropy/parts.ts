/** What the parts of anti-entropy have in common. */
import type { Key, NodeId } from '../../../core/ids.js'
import { INITIAL } from '../../../core/ids.js'
import type { Message, Purpose, ReplicaContext } from '../../replica.js'
import type { LocalCopy } from '../local-copy.js'
import type { Versions } from '../versioned.js'
import type { Agreement } from './agreement.js'
import type { Exchange } from './exchange.js'
import type { KeyHash } from './key-hash.js'
import type { KeyIndex } from './key-index.js'
import type { AntiEntropyOptions } from './options.js'
import type { Entry } from './stream-messages.js'
import type { Trees } from './trees.js'

export interface Parts {
  readonly context: ReplicaContext<Message>
  readonly options: AntiEntropyOptions
  readonly copy: LocalCopy
  readonly index: KeyIndex
  readonly agreement: Agreement
  readonly trees: Trees
  readonly hash: KeyHash
  readonly versions: Versions
  /** What a value weighs that nobody has written since the load. */
  readonly loadedValueBytes: number
  /** The exchange is over on this side; whoever calls this has told the other. */
  end(exchange: Exchange): void
}

export function sendTo({ context }: Parts, to: NodeId, purpose: Purpose, message: Message): void {
  context.account(purpose, message.bytes)
  context.send(to, message)
}

/** What this node holds of a key, as it is sent. */
export function entryOf({ copy, loadedValueBytes }: Parts, key: Key): Entry {
  const version = copy.at(key)
  const valueBytes = version.held === INITIAL ? loadedValueBytes : copy.valueBytesAt(key)
  return { key, version, valueBytes }
}

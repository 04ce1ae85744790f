/** Versions of some keys, on their way from one replica to another that may not have them. Storing them is one piece of work, however many they are. */
import type { Key } from '../../../core/ids.js'
import { NO_OPERATION } from '../../../core/ids.js'
import { HEADER_BYTES } from '../../message-bytes.js'
import type { Message } from '../../replica.js'
import { LEG_WRITE, WORK_WRITE } from '../../replica.js'
import { bytesOf } from '../held.js'
import type { Versioned } from '../versioned.js'
import { ENTRY_BYTES, VERSIONS } from './tree-messages.js'

export interface Entry {
  readonly key: Key
  readonly version: Versioned
  /** What a register's value of it weighs. */
  readonly valueBytes: number
}

export function entryBytes({ version, valueBytes }: Entry): number {
  return ENTRY_BYTES + bytesOf(version.held, valueBytes)
}

export class StreamMessage implements Message {
  readonly kind = VERSIONS
  readonly work = WORK_WRITE
  readonly leg = LEG_WRITE
  readonly operation = NO_OPERATION
  readonly attempt = 0
  readonly bytes: number

  constructor(
    readonly exchange: number,
    readonly toOpener: boolean,
    readonly entries: readonly Entry[],
  ) {
    this.bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), HEADER_BYTES)
  }
}

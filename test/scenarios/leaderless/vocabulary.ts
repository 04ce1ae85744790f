/** What operations, values and messages are called in transcripts. */
import { INITIAL, type Key, type NodeId, type OperationId } from '../../../src/core/ids.js'
import { MILLISECOND } from '../../../src/core/units.js'
import { ADD, DELETE, INCREMENT, isRead, REMOVE } from '../../../src/history/operation-kinds.js'
import type { Value } from '../../../src/history/values.js'
import type { StreamMessage } from '../../../src/replication/leaderless/anti-entropy/stream-messages.js'
import { VERSIONS } from '../../../src/replication/leaderless/anti-entropy/tree-messages.js'
import { type Held, writersOf } from '../../../src/replication/leaderless/held.js'
import { HAND_BACK, type HandBackMessage } from '../../../src/replication/leaderless/hints/hint-messages.js'
import { HINTED_WRITE, type HintedWrite } from '../../../src/replication/leaderless/hints/hinted-write.js'
import * as messages from '../../../src/replication/leaderless/messages.js'
import * as paxos from '../../../src/replication/leaderless/paxos/messages.js'
import type { Message, Refusal } from '../../../src/replication/replica.js'

const REFUSALS: Readonly<Record<string, string>> = {
  'unavailable no': 'refused, for too few replicas are up; certainly not done',
  'conflict no': 'not done, for the key holds another value than it expected',
  'timeout no': 'timed out, certainly not done',
  'timeout unknown': 'timed out, and nobody knows whether it was done',
  'overloaded no': 'refused, for a queue is full; certainly not done',
}

/** An operation that a client has asked for. */
export interface Told {
  readonly client: number
  readonly kind: number
  /** What the value is called, if it has one. */
  readonly name: string
}

export class Vocabulary {
  readonly told = new Map<OperationId, Told>()

  constructor(private readonly nameOf: (node: NodeId) => string) {}

  toldOf(operation: OperationId): Told {
    return this.told.get(operation) as Told
  }

  /** What a write is called where it is sent and stored. */
  writeOf(operation: OperationId): string {
    if (operation === INITIAL) return 'what was loaded'
    const { client, kind, name } = this.toldOf(operation)
    if (kind === DELETE) return 'the delete'
    if (kind === INCREMENT) return `client ${client}’s count`
    if (kind === ADD) return `the cart with "${name}" put in`
    return kind === REMOVE ? `the cart with "${name}" taken out` : `"${name}"`
  }

  /** What a client is told that a key holds. */
  valueText(value: Value): string {
    if (typeof value === 'number') {
      if (value === INITIAL) return 'nothing'
      const { kind, name } = this.toldOf(value)
      return kind === DELETE ? 'nothing, it is deleted' : `"${name}"`
    }
    if ('count' in value) return `${value.count}`
    if ('ids' in value) return `${listOf(value.ids.map((id) => this.valueText(id)))}, side by side`
    const names = value.elements.map((id) => `"${this.toldOf(id).name}"`)
    return names.length === 0 ? 'an empty cart' : `a cart with ${listOf(names)}`
  }

  refusalOf(operation: OperationId, { reason, applied }: Refusal): string {
    const told = REFUSALS[`${reason} ${applied}`] as string
    return isRead(this.toldOf(operation).kind) ? told.replace(/[,;] certainly not done/, '') : told
  }

  /** How a message is told, after the name of its sender: `verb`, its receivers, `object`; undefined of one that is left out. */
  sendingOf(message: Message, wanted: Key) {
    const told = (verb: string, object = '', isToldWhereItArrives = true) => ({ verb, object, isToldWhereItArrives })
    const written = (held: Held) => listOf(writersOf(held).map((writer) => this.writeOf(writer)))
    switch (message.kind) {
      case messages.WRITE:
        return told(`sends ${written((message as messages.QuorumMessage).held)} to`, '', false)
      case messages.READ:
        return told('asks', ' for the value')
      case messages.READ_VERSION:
        return told('asks', ' for a digest')
      case messages.REPAIR:
        return told(`writes ${written((message as messages.QuorumMessage).held)} back to`)
      case HINTED_WRITE: {
        const { target, write } = message as HintedWrite
        return told(`sends ${written(write.held)} to`, `, in place of ${this.nameOf(target)}`)
      }
      case HAND_BACK:
        return told(`hands ${written((message as HandBackMessage).write.held)} back to`)
      case VERSIONS: {
        const entry = (message as StreamMessage).entries.find(({ key }) => key === wanted)
        return entry && told(`has found that trees differ, and streams ${written(entry.version.held)} to`)
      }
      case paxos.PREPARE:
        return told('prepares: it asks', ' to promise its ballot')
      case paxos.READ:
        return told('asks', ' for the value')
      case paxos.PROPOSE:
        return told(`proposes ${this.proposedBy(message)} to`)
      case paxos.COMMIT:
        return told(`commits ${this.proposedBy(message)} at`)
      default:
        return undefined
    }
  }

  private proposedBy(message: Message): string {
    const version = (message as paxos.PaxosMessage).proposal?.version ?? null
    return version === null ? 'nothing new' : listOf(writersOf(version.held).map((writer) => this.writeOf(writer)))
  }
}

export function holdingsOf(names: readonly string[], held: string): string {
  return `${listOf(names)} ${names.length === 1 ? 'holds' : 'hold'} ${held}`
}

export function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Whole milliseconds, and from ten seconds on seconds. */
export function timeOf(now: number): string {
  const milliseconds = Math.round(now / MILLISECOND)
  return milliseconds < 10_000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`
}

/** In lines of so many characters at most. */
export function folded(text: string, width: number): readonly string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

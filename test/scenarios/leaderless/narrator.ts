/**
 * Tells what a small cluster of real replicas does as prose, for transcripts that are read from top to bottom without the code: who asks what of
 * whom, which replica stores it, what the client is told, and what every replica holds in the end. Nothing is told that did not happen:
 * lines come from the calls that replicas make on their host and from what their stores hold.
 *
 * Each story is compared with `transcripts/NAME.txt`; after a change that is meant, `npx vitest run test/scenarios --update` writes all of them
 * anew. Without the flag a difference fails, and with CI set so does a file that is missing. Left out of the telling: acknowledgements, answers between nodes, and what a node sends to itself.
 */
import { expect } from 'vitest'
import { INITIAL, type NodeId, type OperationId, type ProcessId } from '../../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import {
  ADD,
  COMPARE_AND_SET,
  DELETE,
  INCREMENT,
  isRead,
  READ,
  REMOVE,
  UPDATE,
} from '../../../src/history/operation-kinds.js'
import type { Value } from '../../../src/history/values.js'
import { isTombstone, valueIn, writersOf } from '../../../src/replication/leaderless/held.js'
import { quorum } from '../../../src/replication/leaderless/quorum.js'
import type { ReplicaStore } from '../../../src/replication/leaderless/store.js'
import type { Context, Message, Outcome, Refusal, Request, Strategy } from '../../../src/replication/replica.js'
import { FakeCluster, type FakeNode, type Shape } from '../../replication/fake-cluster.js'
import { folded, holdingsOf, listOf, timeOf, Vocabulary } from './vocabulary.js'

/** Beyond the records that are loaded. */
const KEY = 500

/** What several nodes do at one time, told as one sentence. */
interface Fact {
  readonly name: string
  readonly nodes: NodeId[]
  readonly sentence: (nodes: string, isOne: boolean) => string
}

export class Story extends FakeCluster<object> {
  key = KEY
  /** Whether only what clients ask and what is told by the scene is in the text. */
  isQuiet = false
  private readonly lines: string[] = []
  private facts: Fact[] = []
  private factsAt = 0
  private readonly words = new Vocabulary((node) => this.nameOf(node))
  private readonly contexts = new Map<number, Context>()
  /** By node, what it held when it last stored something: whose writes, and of which timestamp. */
  private readonly stored = new Map<NodeId, { readonly writers: readonly OperationId[]; readonly order: number }>()

  constructor(
    scene: string,
    private readonly given: object,
    shape: Partial<Shape> = {},
    strategy: unknown = quorum,
  ) {
    super(strategy as Strategy<object>, given, { zones: [3], delay: () => MILLISECOND, ...shape })
    for (const node of this.nodes) this.listenTo(node)
    this.lines.push(...folded(scene, 100))
  }

  get text(): string {
    this.tellFacts()
    return `${this.lines.join('\n')}\n`
  }

  // --- What is told by the scene itself -------------------------------------------------------------------------------

  say(sentence: string): void {
    this.tellFacts()
    this.lines.push(`${timeOf(this.now).padStart(9)}  ${sentence}`)
  }

  runTo(milliseconds: number): void {
    this.run(milliseconds * MILLISECOND - this.now)
  }

  goDown(name: string): void {
    this.say(`${name} goes down.`)
    this.named(name).crash()
  }

  comeBack(name: string): void {
    this.say(`${name} is back, with what its disk holds.`)
    this.named(name).start()
  }

  comeBackEmpty(name: string): void {
    this.say(`${name} is back with a new, empty disk.`)
    this.named(name).loseDisk()
    this.stored.delete(this.named(name).id)
    this.named(name).start()
  }

  separate(left: string, right: string): void {
    this.say(`The link between ${left} and ${right} is cut.`)
    this.cut(this.named(left).id, this.named(right).id)
  }

  /** Every node of the one group from every node of the other. */
  separateAll(left: readonly string[], right: readonly string[]): void {
    this.say(`The network splits: ${listOf(left)} on one side, ${listOf(right)} on the other.`)
    for (const one of left) for (const other of right) this.cut(this.named(one).id, this.named(other).id)
  }

  mend(): void {
    this.say('All links are up.')
    this.heal()
  }

  // --- What clients do ------------------------------------------------------------------------------------------------

  write(client: number, name: string, by: string): OperationId {
    return this.ask(client, UPDATE, name, by, `writes "${name}"`)
  }

  erase(client: number, by: string): OperationId {
    return this.ask(client, DELETE, '', by, 'deletes the key')
  }

  look(client: number, by: string): OperationId {
    return this.ask(client, READ, '', by, 'reads')
  }

  count(client: number, by: string): OperationId {
    return this.ask(client, INCREMENT, '', by, 'adds 1 to the counter')
  }

  /** A client that was not told that its operation is done asks once more, of another node. */
  tryAgain(operation: OperationId, by: string): void {
    const { client, kind } = this.words.toldOf(operation)
    this.say(`Client ${client} tries again by ${by}${this.levelOf(kind)}.`)
    this.answers.delete(operation)
    this.request({ operation, kind, key: this.key, client, attempt: 1, timeout: 10 * SECOND }, this.named(by).id)
  }

  putIn(client: number, name: string, by: string): OperationId {
    return this.ask(client, ADD, name, by, `puts "${name}" into the cart`)
  }

  takeOut(client: number, element: OperationId, by: string): OperationId {
    const { name } = this.words.toldOf(element)
    return this.ask(client, REMOVE, name, by, `takes "${name}" out of the cart`, { element })
  }

  compareAndSet(client: number, expected: OperationId, name: string, by: string): OperationId {
    const known = expected === INITIAL ? 'nothing' : `"${this.words.toldOf(expected).name}"`
    return this.ask(client, COMPARE_AND_SET, name, by, `writes "${name}"`, { expected }, ` if the key holds ${known}`)
  }

  // --- What there is to see -------------------------------------------------------------------------------------------

  /** Tells what each replica holds. */
  tellHoldings(opening = ''): void {
    const nodes = this.placement.replicas(this.key).toSorted((left, right) => left - right)
    const groups = new Map<string, string[]>()
    for (const node of nodes) {
      const held = this.nodeAt(node).replica === null ? 'is down' : this.holdingOf(node)
      groups.set(held, [...(groups.get(held) ?? []), this.nameOf(node)])
    }
    const told = [...groups].map(([held, names]) =>
      held === 'is down' ? `${listOf(names)} ${names.length === 1 ? 'is' : 'are'} down` : holdingsOf(names, held),
    )
    this.say(`${opening}${told.join('; ')}.`)
  }

  holds(name: string): Value {
    return this.named(name).running.valueOf(this.key)
  }

  /** What the operation returned, or why it was refused; undefined as long as nobody has answered. */
  answerTo(operation: OperationId): Value | string | undefined {
    const answer = this.answers.get(operation)
    return answer === undefined || !('reason' in answer) ? answer?.value : `${answer.reason} ${answer.applied}`
  }

  // --- Listening ------------------------------------------------------------------------------------------------------

  override note(): void {}

  override transmit(from: NodeId, to: NodeId, message: Message): void {
    this.tellSending(from, to, message)
    super.transmit(from, to, message)
  }

  private listenTo(node: FakeNode): void {
    const applied = node.applied.bind(node)
    const reply = node.reply.bind(node)
    const refuse = node.refuse.bind(node)
    const hints = node.hints.bind(node)
    node.applied = (operation) => {
      this.tellStoring(node, operation)
      applied(operation)
    }
    node.reply = (operation, outcome) => {
      this.tellAnswer(node, operation, outcome)
      reply(operation, outcome)
    }
    node.refuse = (attempt, refusal) => {
      this.tellRefusal(node, attempt.operation, refusal)
      refuse(attempt, refusal)
    }
    node.hints = (event, kept) => {
      if (event === 'kept') this.tell('hint', node.id, (who, isOne) => `${who} ${isOne ? 'keeps' : 'keep'} a hint.`)
      if (event === 'dropped')
        this.tell(
          'drop',
          node.id,
          (who, isOne) => `${who} ${isOne ? 'keeps' : 'keep'} no hint of it, for the window is over.`,
        )
      hints(event, kept)
    }
  }

  private tellStoring(node: FakeNode, operation: OperationId): void {
    if (!this.words.told.has(operation)) return
    const store = storeOf(node)
    const isFirst = !node.receivedAt.has(operation)
    const what = this.words.writeOf(operation)
    if (store === null) {
      if (isFirst) this.tell(`has ${operation}`, node.id, (who, isOne) => `${who} ${isOne ? 'has' : 'have'} ${what}.`)
      return
    }
    const before = this.stored.get(node.id)
    const now = { writers: writersOf(store.held(this.key)), order: store.order(this.key) }
    this.stored.set(node.id, now)
    const isNew = before === undefined || !before.writers.includes(operation) || now.order > before.order
    if (now.writers.includes(operation) && isNew)
      this.tell(`stores ${operation}`, node.id, (who, isOne) => `${who} ${isOne ? 'stores' : 'store'} ${what}.`)
    else if (isFirst && !now.writers.includes(operation)) {
      const kept = this.holdingOf(node.id)
      this.tell(
        `drops ${operation}`,
        node.id,
        (who, isOne) => `${who} ${isOne ? 'gets' : 'get'} ${what} and ${isOne ? 'keeps' : 'keep'} ${kept}.`,
      )
    }
  }

  private tellSending(from: NodeId, to: NodeId, message: Message): void {
    if (this.strategy.name !== quorum.name) return
    const sender = this.nameOf(from)
    const isLost = this.isCut(from, to) || this.nodeAt(to).replica === null
    const told = this.words.sendingOf(message, this.key)
    if (told === undefined) return
    const { verb, object, isToldWhereItArrives } = told
    if (!isLost && !isToldWhereItArrives) return
    const end = isLost ? ', in vain' : ''
    this.tell(
      `${verb} ${from} ${message.operation} ${isLost}`,
      to,
      (whom) => `${sender} ${verb} ${whom}${object}${end}.`,
    )
  }

  private tellAnswer(node: FakeNode, operation: OperationId, outcome: Outcome): void {
    const { client, kind } = this.words.toldOf(operation)
    if (isRead(kind) && outcome.context !== null) this.contexts.set(client, outcome.context)
    const isGone = isRead(kind) && outcome.order === Number.NEGATIVE_INFINITY
    const answer = isRead(kind) ? (isGone ? 'nothing' : this.words.valueText(outcome.value as Value)) : 'done'
    this.tell(`answer ${operation}`, node.id, (who) => `${who} tells client ${client}: ${answer}.`)
  }

  private tellRefusal(node: FakeNode, operation: OperationId, refusal: Refusal): void {
    const { client } = this.words.toldOf(operation)
    const answer = this.words.refusalOf(operation, refusal)
    this.tell(`answer ${operation}`, node.id, (who) => `${who} tells client ${client}: ${answer}.`)
  }

  private tell(name: string, node: NodeId, sentence: Fact['sentence']): void {
    if (this.isQuiet) return
    if (this.factsAt !== this.now) this.tellFacts()
    this.factsAt = this.now
    const known = this.facts.find((fact) => fact.name === name)
    if (known === undefined) this.facts.push({ name, nodes: [node], sentence })
    else if (!known.nodes.includes(node)) known.nodes.push(node)
  }

  private tellFacts(): void {
    for (const { nodes, sentence } of this.facts.splice(0)) {
      const names = nodes.toSorted((left, right) => left - right).map((node) => this.nameOf(node))
      this.lines.push(`${timeOf(this.factsAt).padStart(9)}  ${sentence(listOf(names), nodes.length === 1)}`)
    }
  }

  // --- Words ----------------------------------------------------------------------------------------------------------

  private ask(
    client: number,
    kind: number,
    name: string,
    by: string,
    what: string,
    more: Partial<Request> = {},
    condition = '',
  ): OperationId {
    this.say(`Client ${client} ${what} by ${by}${this.levelOf(kind)}${condition}.`)
    const operation = this.words.told.size
    this.words.told.set(operation, { client, kind, name })
    const context = isRead(kind) ? null : (this.contexts.get(client) ?? null)
    const timeout = 10 * SECOND
    return this.request(
      { operation, kind, key: this.key, client, context, timeout, valueBytes: 100, ...more },
      this.named(by).id,
    )
  }

  private levelOf(kind: number): string {
    const { r, w, serial } = this.given as { r?: unknown; w?: unknown; serial?: unknown }
    const level = isRead(kind) ? r : kind === COMPARE_AND_SET ? serial : w
    if (level === undefined) return ''
    return typeof level === 'number' ? ` (${isRead(kind) ? 'R' : 'W'} = ${level})` : ` at ${level}`
  }

  private holdingOf(node: NodeId): string {
    const store = storeOf(this.nodeAt(node))
    if (store === null) return this.words.valueText(this.nodeAt(node).running.valueOf(this.key))
    const held = store.held(this.key)
    if (store.order(this.key) === Number.NEGATIVE_INFINITY) return 'nothing'
    return isTombstone(held) ? 'a tombstone' : this.words.valueText(valueIn(held))
  }

  private nameOf(node: ProcessId): string {
    const { nodes, name } = this.world.zones[this.world.zoneOf[node] as number] as (typeof this.world.zones)[number]
    return `${name}-${nodes.indexOf(node) + 1}`
  }

  private named(name: string): FakeNode {
    return this.nodes.find(({ id }) => this.nameOf(id) === name) as FakeNode
  }
}

/** Compares stories, one after the other, with the text that is committed under this name. */
export async function expectTranscript(name: string, ...stories: readonly Story[]): Promise<void> {
  await expect(stories.map(({ text }) => text).join('\n')).toMatchFileSnapshot(`./transcripts/${name}.txt`)
}

/** What a leaderless node keeps, as an operator's tool would dump it; null of another strategy's. */
function storeOf({ replica }: FakeNode): ReplicaStore | null {
  const { parts } = replica as unknown as { parts?: { copy: { store: ReplicaStore } } }
  return parts?.copy.store ?? null
}

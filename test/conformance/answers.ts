/**
 * Answers must come from somewhere: a read returns nothing but what was written to its key by operations that had begun before the
 * read ended, nor by a compare-and-set that was refused as a conflict. Retries may do an increment more than once, never more often than it was tried; and where datagrams are duplicated a request may be
 * carried out again by each copy of it, on its way to a node and on from there.
 */
import { expect } from 'vitest'
import { INITIAL, NO_OPERATION } from '../../src/core/ids.js'
import type { Cell } from '../../src/experiment/cell.js'
import { type History, LIST_COUNT, LIST_SIBLINGS } from '../../src/history/history.js'
import {
  ADD,
  COMPARE_AND_SET,
  DELETE,
  INCREMENT,
  INSERT,
  isRead,
  MODIFY,
  UPDATE,
} from '../../src/history/operation-kinds.js'
import { CONFLICT, OK } from '../../src/history/outcomes.js'

const REGISTER_WRITES = [UPDATE, MODIFY, INSERT, DELETE, COMPARE_AND_SET]

/** As often as one attempt may be carried out where requests and forwarded requests may come twice. */
const COPIES = 4

export function expectNothingFromNowhere(history: History, { faults }: Pick<Cell, 'faults'>): void {
  const copies = faults.some(({ name }) => name === 'duplication') ? COPIES : 1
  for (let id = 0; id < history.count; id++) {
    if (!isRead(history.kind[id] as number) || history.outcome[id] !== OK) continue
    const fault = faultOf(history, id, copies)
    if (fault !== null) expect.fail(`read ${id} of key ${history.key[id]} returned ${fault}`)
  }
}

/** What is wrong with the read's answer, or null. */
function faultOf(history: History, read: number, copies: number): string | null {
  const list = history.listOf(read)
  if (list === null) {
    const observed = history.observed[read] as number
    return observed === INITIAL || isBegun(history, observed, read, REGISTER_WRITES) ? null : `the value ${observed}`
  }
  if (list.tag === LIST_COUNT) {
    const count = list.items[0] as number
    return count <= copies * incrementsBegun(history, read) ? null : `the count ${count}`
  }
  const [kinds, what] = list.tag === LIST_SIBLINGS ? [REGISTER_WRITES, 'sibling'] : [[ADD], 'element']
  const stray = list.items.find((item) => !isBegun(history, item, read, kinds))
  if (stray !== undefined) return `the ${what} ${stray}`
  const isAscending = list.items.every((item, i) => i === 0 || item > (list.items[i - 1] as number))
  return isAscending && (list.tag !== LIST_SIBLINGS || list.items.length > 0) ? null : `the list ${list.items}`
}

function isBegun(history: History, write: number, read: number, kinds: readonly number[]): boolean {
  return (
    write > NO_OPERATION &&
    history.key[write] === history.key[read] &&
    kinds.includes(history.kind[write] as number) &&
    history.outcome[write] !== CONFLICT &&
    (history.intended[write] as number) <= (history.completed[read] as number)
  )
}

function incrementsBegun(history: History, read: number): number {
  let count = 0
  for (let id = 0; id < history.count; id++) {
    if (history.key[id] === history.key[read] && isBegun(history, id, read, [INCREMENT]))
      count += history.attempts[id] as number
  }
  return count
}

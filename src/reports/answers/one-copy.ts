/**
 * Whether it is safe here to acknowledge a write at one copy: what the variants that do so lost, and how stale their reads were, beside those that wait
 * for more copies. Two causes are kept apart: what no disk holds any more, which copies prevent, and what another write replaced, which happens
 * at any number of copies; so the same strategy with more copies is told where there is one. A workload that lost no disk cannot say
 * what a lost disk takes, and the answer says that.
 */
import type { Results } from '../../results/results.js'
import type { Summary, SummaryValue } from '../../results/summary.js'
import { DURABILITY } from '../columns.js'
import { isSaturated, standingOf } from '../contest.js'
import { pointsOf } from '../points.js'
import { listed, plain } from '../text.js'
import {
  type Answer,
  answerOver,
  nameOf,
  namesOf,
  type Outcome,
  plainAnswer,
  spoken,
  spokenRange,
  valuesOf,
} from './answer.js'
import { disksLostIn } from './struck.js'

const QUESTION = 'Is one copy at acknowledgement (W=1) safe here?'
const LOST = 'lost.ratio'
const DESTROYED = 'lost.durability'
const STALE = 'stale.ratio'

const HEADS = [
  'variant',
  'copies at ack',
  'lost writes',
  'replaced unseen',
  'effect missing',
  'on no disk',
  'lost incr/add',
  'stale reads',
]
const SHARES = [LOST, 'lost.overwritten', 'lost.rmw', DESTROYED, 'lost.merges', STALE] as const

export function oneCopy(results: Results): Answer {
  const { summaries } = results
  const counted = summaries.filter(({ measures }) => DURABILITY in measures)
  const fewest = Math.min(...valuesOf(counted, DURABILITY).map(({ value }) => value))
  if (counted.length === 0) return short('Copies at acknowledgement were not measured, so it does not say.')
  if (fewest > 1) {
    const theirs = counted.filter((summary) => copiesOf(summary) === fewest)
    return short(
      `No variant here acknowledges a write at one copy, so it does not say. The fewest are ${fewest}, under ${namesOf(theirs)}.`,
    )
  }
  const disks = disksLostIn(results)
  const { beside, ...rest } = answerOver(QUESTION, HEADS, pointsOf(counted), (group) => outcomeAt(group, disks))
  return { ...rest, beside: [...beside, ...diskSentence(disks, counted)] }
}

const short = (text: string): Answer => plainAnswer(QUESTION, text)

const copiesOf = ({ measures }: Summary): number => measures[DURABILITY]?.value as number

// --- What came of it ------------------------------------------------------------------------------------------------------

interface Sides {
  /** Acknowledge at one copy. */
  readonly one: readonly Summary[]
  readonly more: readonly Summary[]
}

function outcomeAt(summaries: readonly Summary[], disks: readonly string[]): Outcome {
  const judged = summaries.filter((summary) => !isSaturated(summary) && LOST in summary.measures)
  const sides: Sides = {
    one: judged.filter((summary) => copiesOf(summary) <= 1),
    more: judged.filter((summary) => copiesOf(summary) > 1),
  }
  return { ...told(sides, disks), rows: summaries.map(rowOf) }
}

function told(sides: Sides, disks: readonly string[]): Omit<Outcome, 'rows'> {
  const { one, more } = sides
  if (one.length === 0)
    return { name: 'absent', sentences: ['No variant with one copy kept up and had its losses measured.'] }
  const beside = [...staleSentence(sides), ...withinSentence(sides)]
  const destroyed = one.filter(({ measures }) => (measures[DESTROYED]?.value ?? 0) > 0)
  if (destroyed.length > 0)
    return { name: 'destroyed', sentences: [destroyedSentence(destroyed, more, disks), ...beside] }
  const lost = valuesOf(one, LOST)
  if (lost.every(({ value }) => value === 0)) {
    const sentence = `Nothing was lost at one copy: ${spokenRange([fewestOf(lost)], 'ratio')}.`
    return { name: 'none', sentences: [sentence, ...beside] }
  }
  const isWorse = one.some((summary) => isClearlyWorse(summary, more))
  return { name: isWorse ? 'worse' : 'alike', sentences: [lostSentence(sides, isWorse), ...beside] }
}

function destroyedSentence(destroyed: readonly Summary[], more: readonly Summary[], disks: readonly string[]): string {
  const cause = disks.length === 0 ? '' : ` (${listed(disks)} emptied disks)`
  const share = spokenRange(valuesOf(destroyed, DESTROYED), 'ratio')
  const others = valuesOf(more, DESTROYED)
  const rest = others.length === 0 ? '' : `; with more copies ${spokenRange(others, 'ratio')}`
  return `No: ${namesOf(destroyed)} lost ${share} of acknowledged writes from every disk${cause}${rest}.`
}

function lostSentence({ one, more }: Sides, isWorse: boolean): string {
  const losing = one.filter(({ measures }) => measures[LOST]?.value !== 0)
  const keeping = one.filter((summary) => !losing.includes(summary))
  const but = keeping.length === 0 ? '' : ` (none under ${namesOf(keeping)})`
  const theirs = `${spokenRange(valuesOf(losing, LOST), 'ratio')} of acknowledged writes are lost`
  if (more.length === 0) return `No: at one copy ${theirs}${but}, and no variant here waits for more.`
  const others = spokenRange(valuesOf(more, LOST), 'ratio')
  return isWorse
    ? `No: at one copy ${theirs}${but}, at more ${others}.`
    : `No less safe than more copies, as far as this shows: ${theirs} at one copy${but}, ${others} at more, and intervals overlap.`
}

function staleSentence({ one, more }: Sides): readonly string[] {
  const [theirs, others] = [valuesOf(one, STALE), valuesOf(more, STALE)]
  if (theirs.length === 0) return []
  const rest = others.length === 0 ? '' : `, against ${spokenRange(others, 'ratio')}`
  return [`Stale reads: ${spokenRange(theirs, 'ratio')}${rest}.`]
}

/** Of the first strategy that has both: there it is copies that differ. */
function withinSentence({ one, more }: Sides): readonly string[] {
  const strategy = one.map((summary) => summary.strategy).find((name) => more.some((other) => other.strategy === name))
  if (strategy === undefined) return []
  const lostBy = (group: readonly Summary[]): string =>
    spokenRange(
      valuesOf(
        group.filter((summary) => summary.strategy === strategy),
        LOST,
      ),
      'ratio',
    )
  return [`Within ${plain(strategy, 60)}: ${lostBy(one)} lost at one copy, ${lostBy(more)} at more.`]
}

/** Of the whole workload, whatever varies. */
function diskSentence(disks: readonly string[], summaries: readonly Summary[]): readonly string[] {
  if (valuesOf(summaries, DESTROYED).some(({ value }) => value > 0)) return []
  return disks.length === 0
    ? ['No disk was lost in this workload, so it does not show what that would take.']
    : [`No disk was the last to hold a write, although ${listed(disks)} emptied disks.`]
}

/** Than those of its strategy that wait for more, or where there are none than all who do. */
function isClearlyWorse(summary: Summary, more: readonly Summary[]): boolean {
  const alike = more.filter(({ strategy }) => strategy === summary.strategy)
  return standingOf(LOST, 'lower', [summary, ...(alike.length > 0 ? alike : more)]).behind.includes(summary)
}

/** Of several values of none, the one that leaves the most room. */
const fewestOf = (values: readonly SummaryValue[]): SummaryValue =>
  values.reduce((least, value) => (value.n < least.n ? value : least))

function rowOf(summary: Summary): readonly string[] {
  const name = `${nameOf(summary)}${isSaturated(summary) ? ' †' : ''}`
  return [name, spoken(summary, DURABILITY, 'count'), ...SHARES.map((measure) => spoken(summary, measure, 'ratio'))]
}

/** What the live view of a run says, as lines that fit the terminal; and the one line that stands for it where there is no terminal. */
import { digits } from '../reports/figures.js'
import { listed, plain } from '../reports/text.js'
import type { Lead, Leaders } from './leaders.js'

export interface RunState {
  readonly name: string
  readonly done: number
  readonly total: number
  /** Operations in a second; null while unknown, like the time left. */
  readonly rate: number | null
  readonly secondsLeft: number | null
}

const LONGEST_NAME = 40
const BAR_PLACES = 24
const MOST_NAMED = 2

export function stateText({ name, ...state }: RunState): string {
  return `${plain(name, LONGEST_NAME)}: ${howFar(state)}`
}

/** At most six lines of at most `width` characters. */
export function liveLines(state: RunState, leaders: Leaders | null, width: number): readonly string[] {
  const plainLine = stateText(state)
  const { name, ...rest } = state
  const withBar = `${plain(name, LONGEST_NAME)} ${barOf(state)} ${howFar(rest)}`
  const first = [...withBar].length <= width ? withBar : plainLine
  return [first, ...(leaders === null ? [] : leaderLines(leaders))].map((line) => cut(line, width))
}

function howFar({ done, total, rate, secondsLeft }: Omit<RunState, 'name'>): string {
  const parts = [`${done} of ${total} cells`, ...(rate === null ? [] : [`${rateText(rate)} operations/s`])]
  return [...parts, leftText(secondsLeft)].join(', ')
}

function barOf({ done, total }: RunState): string {
  const filled = total === 0 ? 0 : Math.floor((BAR_PLACES * done) / total)
  return '█'.repeat(filled) + '░'.repeat(BAR_PLACES - filled)
}

/** `1.24 M`; three digits of it are enough. */
function rateText(rate: number): string {
  if (rate >= 999_500) return `${digits(rate / 1e6)} M`
  return rate >= 999.5 ? `${digits(rate / 1e3)} k` : digits(rate)
}

function leftText(secondsLeft: number | null): string {
  if (secondsLeft === null) return 'time left unknown'
  const seconds = Math.ceil(secondsLeft)
  return seconds < 100 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`
}

function leaderLines({ point, seeds, ofSeeds, leads }: Leaders): readonly string[] {
  if (leads.length === 0) return []
  const where = point === '' ? '' : ` at [${point}]`
  const titles = Math.max(...leads.map(({ title }) => title.length))
  return [
    `Ahead so far, in ${seeds} of ${ofSeeds} seeds${where}:`,
    ...leads.map((lead) => `  ${lead.title.padEnd(titles)}  ${leadText(lead)}`),
  ]
}

/** The figure first: it is short, and what is cut off a narrow terminal is at the end. */
function leadText({ labels, isEven, figure }: Lead): string {
  return `${figure}  ${isEven ? 'all even' : listed(labels, MOST_NAMED)}`
}

function cut(line: string, width: number): string {
  const characters = [...line]
  return characters.length <= width ? line : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}

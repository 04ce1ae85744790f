/** What the bench has found, for people and for programs. Rates hold for one process on one machine: only ratios compare elsewhere. */
import { cpus } from 'node:os'
import Table from 'cli-table3'
import type { Figure } from './figure.js'
import { GOAL_RATIO, LEAST_RATIO, RATIO } from './quorum-ratio.js'

export interface BenchReport {
  readonly environment: { readonly node: string; readonly platform: string; readonly processor: string }
  /** By section, in the order in which they ran. */
  readonly sections: Readonly<Record<string, readonly Figure[]>>
  /** Null if the ratio was not measured. */
  readonly gate: Gate | null
}

interface Gate {
  readonly ratio: number
  readonly least: number
  readonly goal: number
  readonly passed: boolean
}

export function reportOf(sections: Readonly<Record<string, readonly Figure[]>>): BenchReport {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor'
  return {
    environment: { node: process.version, platform: `${process.platform} ${process.arch}`, processor },
    sections,
    gate: gateOf(Object.values(sections).flat()),
  }
}

function gateOf(figures: readonly Figure[]): Gate | null {
  const ratio = figures.find(({ name }) => name === RATIO)?.median
  return ratio === undefined ? null : { ratio, least: LEAST_RATIO, goal: GOAL_RATIO, passed: ratio >= LEAST_RATIO }
}

export function renderReport({ environment, sections, gate }: BenchReport): string {
  const { node, platform, processor } = environment
  const table = new Table({
    head: ['', 'median', 'least', 'most', 'unit', 'passes'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'left', 'right'],
  })
  for (const figures of Object.values(sections)) table.push(...figures.map(rowOf))
  const lines = [`Node ${node}, ${platform}, ${processor}; processor time, one process.`, table.toString()]
  return `${[...lines, ...(gate === null ? [] : [verdictOf(gate)])].join('\n')}\n`
}

function rowOf({ name, unit, median, least, most, passes }: Figure): string[] {
  const text = unit === 'ratio' ? asShare : digits
  return [name, text(median), text(least), text(most), unit, String(passes)]
}

function verdictOf({ ratio, least, goal, passed }: Gate): string {
  const place = ratio >= goal ? 'the goal is met' : passed ? 'fast enough, short of the goal' : 'too slow'
  return `The quorum strategy does ${asShare(ratio)} of an operation per kernel event; at least ${asShare(least)}, goal ${asShare(goal)}: ${place}.`
}

const asShare = (ratio: number): string => `1/${digits(1 / ratio)}`

const digits = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))

/** `run --dry-run`: the cells that would run, and what they would take, roughly. */
import { availableParallelism } from 'node:os'
import { estimateRun, type RunEstimate } from '../runner/estimate.js'
import type { Experiment } from './run-experiment.js'

export function dryRunText({ spec, cells }: Experiment, jobs: number, format: string): string {
  const estimate = estimateRun(cells, jobs, availableParallelism())
  if (format !== 'json') return `${cells.map(({ id }) => `${id}\n`).join('')}\n${sentenceOf(cells.length, estimate)}\n`
  const told = cells.map(({ id, variant, label, axes, seed }) => ({ id, variant, label, axes, seed }))
  return `${JSON.stringify({ name: spec.name, cells: told, estimate })}\n`
}

function sentenceOf(count: number, { operations, threads, seconds, bytesPerThread }: RunEstimate): string {
  const [least, most] = operations.map(roundText) as [string, string]
  const each = count === 1 ? '' : ' each'
  const size = least === most ? `about ${most} operations${each}` : `about ${least} to ${most} operations`
  const cells = count === 1 ? '1 cell' : `${count} cells`
  const where = threads === 1 ? '1 thread' : `${threads} threads`
  const memory = `about ${bytesText(bytesPerThread)}${threads === 1 ? '' : ' for each'}`
  return `${cells} of ${size}; about ${timeText(seconds)} on ${where}, ${memory}.`
}

/** Two digits of small numbers, three of large ones, whose rounding would show. */
function roundText(value: number): string {
  const rounded = Number(value.toPrecision(value < 10_000 ? 2 : 3))
  return String(rounded).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

function timeText(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`
  const minutes = seconds / 60
  return minutes < 100 ? `${Math.ceil(minutes)} min` : `${Math.ceil(minutes / 60)} h`
}

function bytesText(bytes: number): string {
  const megabytes = bytes / 1e6
  return megabytes < 1000 ? `${Math.ceil(megabytes / 10) * 10} MB` : `${Number((megabytes / 1000).toPrecision(2))} GB`
}

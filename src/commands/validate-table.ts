/** The table of `quorate validate`: a block for each family, its sources below it, and how it all came out. */
import Table from 'cli-table3'
import type { Row } from '../advice/validate/check.js'

interface Titled {
  readonly name: string
  readonly summary: string
}

const HEAD = ['', 'expected', 'ours', 'n', 'standard error', 'tolerance', 'verdict']

export function tableOf(rows: readonly Row[], families: readonly Titled[]): string {
  const blocks = families.map((family) =>
    blockOf(
      family,
      rows.filter((row) => row.family === family.name),
    ),
  )
  return [...blocks, conclusionOf(rows)].join('\n')
}

function blockOf({ name, summary }: Titled, rows: readonly Row[]): string {
  const table = new Table({
    head: HEAD,
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
  })
  table.push(...rows.map(cellsOf))
  return `${[`${name}: ${summary}`, table.toString(), ...notesOf(rows)].join('\n')}\n`
}

function cellsOf({ name, unit, expected, measured, n, standardError, tolerance, verdict }: Row): string[] {
  const suffix = unit === 'ms' ? ' ms' : ''
  return [
    name,
    digits(expected, 6) + suffix,
    digits(measured, 6) + suffix,
    String(n),
    standardError === null ? 'exact' : digits(standardError, 2),
    digits(tolerance, 2),
    verdict === 'in' ? 'in' : 'OUT',
  ]
}

/** Each source and each reason for a bias once. */
function notesOf(rows: readonly Row[]): readonly string[] {
  const sources = new Set(rows.map(({ source }) => source))
  const reasons = new Set(rows.flatMap(({ bias }) => (bias === null ? [] : [bias.reason])))
  return [
    ...[...sources].map((source) => `  ${source}`),
    ...[...reasons].map((reason) => `  tolerance includes: ${reason}`),
  ]
}

function conclusionOf(rows: readonly Row[]): string {
  const chance = rows.filter(({ z }) => z !== null)
  const out = rows.filter(({ verdict }) => verdict === 'out')
  const risk = `${rows.length} rows, ${chance.length} of them subject to chance; all tolerances together fail by chance less than once in 1000 tables.`
  const verdict =
    out.length === 0
      ? 'All are in.'
      : `${out.length} out: ${out.map(({ family, name }) => `${family}, ${name}`).join('; ')}.`
  return `${risk}\n${verdict}\n`
}

const digits = (value: number, count: number): string => String(Number(value.toPrecision(count)))

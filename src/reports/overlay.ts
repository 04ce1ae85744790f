/**
 * Several results as one, for reports that show them together: which result it is becomes an axis before all others, so variants are compared within
 * each result and never between, where the workload or the world may differ. Ids tell whose they are. Each spec keeps the parts that views read; what
 * is said of the machine is said once where all agree. One result stays as it is. Left out: whether the results can be compared at all.
 */
import { z } from 'zod'
import { RESULT_SCHEMA, type Results } from '../results/results.js'
import { listed } from './text.js'

export interface NamedResults {
  /** Unlike those of the others. */
  readonly name: string
  readonly results: Results
}

const AXIS = 'result'

/** Of a cell or a summary, in the overlay. */
export const overlaidId = (name: string, id: string): string => `${name}:${id}`

export function overlaid(named: readonly NamedResults[]): Results {
  const [only] = named
  if (only !== undefined && named.length === 1) return only.results
  const all = named.map(({ results }) => results)
  return {
    schema: RESULT_SCHEMA,
    tool: { name: 'quorate', version: listed(distinct(all.map(({ tool }) => tool.version)), Number.POSITIVE_INFINITY) },
    environment: environmentOf(named),
    partial: all.some(({ partial }) => partial),
    ...(all.some(({ form }) => form === 'reference') ? { form: 'reference' as const } : {}),
    spec: specOf(named),
    measures: firstByName(all.flatMap(({ measures }) => measures)),
    strategies: firstByName(all.flatMap(({ strategies }) => strategies)),
    cells: named.flatMap(({ name, results }) => results.cells.map((cell) => of(name, cell))),
    summaries: named.flatMap(({ name, results }) => results.summaries.map((summary) => of(name, summary))),
    gates: named.flatMap(({ name, results }) =>
      results.gates.map((gate) => ({ ...gate, summary: overlaidId(name, gate.summary) })),
    ),
  }
}

type Axes = Readonly<Record<string, unknown>>

function of<Entry extends { readonly id: string; readonly axes: Axes }>(name: string, entry: Entry): Entry {
  return { ...entry, id: overlaidId(name, entry.id), axes: axesOf(name, entry.axes) }
}

/** Of an overlay among the results, the names one within the other. */
function axesOf(name: string, { [AXIS]: inner, ...others }: Axes): Axes {
  return { [AXIS]: inner === undefined ? name : [name, inner], ...others }
}

/** By name, what all agree about; by `NAME.name` what they do not. One command after the other makes all of them again. */
function environmentOf(named: readonly NamedResults[]): Results['environment'] {
  const keys = distinct(named.flatMap(({ results }) => Object.keys(results.environment)))
  const entries = keys.flatMap((key): readonly (readonly [string, unknown])[] => {
    const values = named.map(({ results }) => results.environment[key])
    if (distinct(values.map((value) => JSON.stringify(value))).length === 1) return [[key, values[0]]]
    if (key === 'command' && values.every((value) => typeof value === 'string'))
      return [[key, distinct(values).join(' && ')]]
    return named.flatMap(({ name }, i) => (values[i] === undefined ? [] : [[`${name}.${key}`, values[i]] as const]))
  })
  return Object.fromEntries(entries)
}

// --- The spec, which comes from outside -----------------------------------------------------------------------------------

const specShape = z.looseObject({
  seeds: z.array(z.number()).catch([]),
  points: z.array(z.looseObject({ axes: z.record(z.string(), z.unknown()).catch({}) })).catch([]),
  variants: z.array(z.unknown()).catch([]),
  gates: z.array(z.looseObject({ text: z.string() })).catch([]),
  notes: z.array(z.string()).catch([]),
})

function specOf(named: readonly NamedResults[]): object {
  const specs = named.map(({ name, results }) => ({
    name,
    spec: specShape.catch(specShape.parse({})).parse(results.spec),
  }))
  const gates = specs.flatMap(({ spec }) => spec.gates)
  const variants = specs.flatMap(({ spec }) => spec.variants)
  return {
    name: named.map(({ name }) => name).join(', '),
    about: '',
    seeds: distinct(specs.flatMap(({ spec }) => spec.seeds)),
    points: specs.flatMap(({ name, spec }) =>
      spec.points.map((point) => ({ ...point, axes: axesOf(name, point.axes) })),
    ),
    variants: firstBy(variants, (variant) => JSON.stringify(variant)),
    gates: firstBy(gates, ({ text }) => text),
    notes: [...versionNote(named), ...specs.flatMap(({ name, spec }) => spec.notes.map((note) => `${name}: ${note}`))],
  }
}

function versionNote(named: readonly NamedResults[]): readonly string[] {
  const versions = named.map(({ name, results }) => `${name} of version ${results.tool.version}`)
  if (distinct(named.map(({ results }) => results.tool.version)).length === 1) return []
  return [`The results are of different versions: ${listed(versions, Number.POSITIVE_INFINITY)}.`]
}

// --- Lists ----------------------------------------------------------------------------------------------------------------

const distinct = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)]

const firstByName = <Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] =>
  firstBy(items, ({ name }) => name)

function firstBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const byKey = new Map<string, Item>()
  for (const item of items) {
    const key = keyOf(item)
    if (!byKey.has(key)) byKey.set(key, item)
  }
  return [...byKey.values()]
}

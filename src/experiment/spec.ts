/**
 * A workload file, read and checked whole before anything runs (DESIGN.md, "A workload file"): text and settings become one tree of values that
 * know their places, the axes make a grid of such trees, and each is read part by part. Everything but `strategies` has a
 * default. What the design names and this version does not have is refused by name, not ignored.
 */
import type { Catalog } from '../catalog.js'
import { readAxes } from './axes.js'
import { LawReader } from './file/law-reader.js'
import { Problems } from './file/problems.js'
import { readSettings, withSettings } from './file/settings.js'
import { WorkloadText } from './file/source.js'
import type { Tree } from './file/tree.js'
import { readYaml } from './file/yaml-tree.js'
import type { Gate } from './gates/gate.js'
import { readGates } from './gates/read-gates.js'
import { type Grid, readGrid } from './grid.js'
import type { Variant } from './parts/variants.js'
import { plan } from './plan.js'
import { SpecError } from './spec-error.js'

export interface Spec extends Grid {
  /** Every strategy with its options that runs at some point of the axes. */
  readonly variants: readonly Variant[]
  readonly gates: readonly Gate[]
}

/**
 * Reads the text of a workload file. `fileName` stands in complaints and is what the laws' files are relative to; `settings` are the
 * `path=value` of `--set`. Throws `SpecError` with everything that is wrong.
 */
export function parseSpec(text: string, fileName: string, catalog: Catalog, settings: readonly string[] = []): Spec {
  const problems = new Problems()
  const file = readYaml(new WorkloadText(fileName, text.replace(/^\uFEFF/, '')), problems)
  const given = readSettings(settings, problems)
  if (file === undefined || given.length < settings.length) throw new SpecError(problems.all)
  const root = withSettings(file, given, problems)
  const axes = readAxes(root, given, problems)
  const defaultName = nameOf(fileName)
  const grid = readGrid({ root, axes, catalog, laws: new LawReader(fileName), defaultName }, problems)
  const variants = distinctVariants(grid)
  const cells = problems.count > 0 ? null : plan({ ...grid, variants, seeds: grid.seeds.slice(0, 1) })
  const gates = readGates(gatesIn(root), { measures: catalog.measures, axes, cells }, problems)
  problems.throwIfAny()
  return { ...grid, variants, gates }
}

function gatesIn(root: Tree): Tree | undefined {
  return root.kind === 'mapping' ? root.entries.get('gates')?.value : undefined
}

/** Equal labels are equal variants. */
function distinctVariants({ points }: Grid): readonly Variant[] {
  const variants = points.flatMap((point) => point.variants)
  return [...new Map(variants.map((variant) => [variant.label, variant])).values()]
}

/** The name of the file without folder and ending, as far as it can name a folder of results. */
function nameOf(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? ''
  return (
    last
      .replace(/\.(ya?ml|json)$/i, '')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^\W+/, '')
      .slice(0, 100) || 'workload'
  )
}

/**
 * A workload file, read and checked whole before anything runs (DESIGN.md, "A workload file"): text and settings become one tree of values that
 * know their places, the axes make a grid of such trees, and each is read part by part. Everything but `strategies` has a
 * default. What the design names and this version does not have is refused by name, not ignored. A YCSB properties file is read as
 * the workload of an experiment that is given for it (ycsb/properties-experiment.ts).
 */
import { basename } from 'node:path'
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
import { experimentAround, holdsProperties } from './ycsb/properties-experiment.js'
import type { Warn } from './ycsb/sheet.js'
import { YcsbFiles } from './ycsb/ycsb-files.js'

export interface Spec extends Grid {
  /** Every strategy with its options that runs at some point of the axes. */
  readonly variants: readonly Variant[]
  readonly gates: readonly Gate[]
}

/**
 * Reads the text of a workload file. `fileName` stands in complaints and is what the files that it names are relative to; `settings` are the
 * `path=value` of `--set`; `warn` is told of unknown YCSB properties, which are refused without it. Throws `SpecError` with everything
 * that is wrong.
 */
export function parseSpec(
  text: string,
  fileName: string,
  catalog: Catalog,
  settings: readonly string[] = [],
  warn?: Warn,
): Spec {
  const problems = new Problems()
  const ycsb = new YcsbFiles(fileName, warn)
  const file = readYaml(workloadText(text, fileName, ycsb), problems)
  const given = readSettings(settings, problems)
  if (file === undefined || given.length < settings.length) throw new SpecError(problems.all)
  const root = withSettings(file, given, problems)
  const axes = readAxes(root, given, problems)
  const defaultName = nameOf(fileName)
  const grid = readGrid({ root, axes, catalog, laws: new LawReader(fileName), ycsb, defaultName }, problems)
  const variants = distinctVariants(grid)
  const cells = problems.count > 0 ? null : plan({ ...grid, variants, seeds: grid.seeds.slice(0, 1) })
  const gates = readGates(gatesIn(root), { measures: catalog.measures, axes, cells }, problems)
  problems.throwIfAny()
  return { ...grid, variants, gates }
}

function gatesIn(root: Tree): Tree | undefined {
  return root.kind === 'mapping' ? root.entries.get('gates')?.value : undefined
}

function workloadText(text: string, fileName: string, ycsb: YcsbFiles): WorkloadText {
  if (!holdsProperties(fileName, text)) return new WorkloadText(fileName, text.replace(/^\uFEFF/, ''))
  const name = basename(fileName)
  ycsb.hold(name, text)
  return new WorkloadText(`around ${fileName}`, experimentAround(name))
}

/** Equal labels are equal variants, but for what a preset makes of the topology of a point. */
function distinctVariants({ points }: Grid): readonly Variant[] {
  const variants = points.flatMap((point) => point.variants)
  return [...new Map(variants.map((variant) => [variant.label, variant])).values()]
}

/** The name of the file without folder and ending, as far as it can name a folder of results. */
function nameOf(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? ''
  return (
    last
      .replace(/\.(ya?ml|json|properties)$/i, '')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^\W+/, '')
      .slice(0, 100) || 'workload'
  )
}

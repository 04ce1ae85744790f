/**
 * `workload.ycsb`: a YCSB properties file stands for keys of the workload file, which are put where they would be written; what is written
 * out there overrides them (overrides.ts). The notes say what came from the properties and what did not. Files lie relative to the
 * workload file, and each is read once, however many points of the axes use it.
 */
import { dirname, isAbsolute, join } from 'node:path'
import { readDataFile } from '../file/data-file.js'
import { FileError } from '../file/file-bytes.js'
import { Problems } from '../file/problems.js'
import { NamedText } from '../file/source.js'
import { describe, type Entry, type Mapping, type Tree } from '../file/tree.js'
import { accountOf, overridden } from './overrides.js'
import { readSheet, type Sheet, type Warn } from './sheet.js'
import { translate } from './translate.js'

export interface Expanded {
  readonly tree: Tree
  /** Sentences about what became of the properties. */
  readonly notes: readonly string[]
}

/** A file that was read, with what is wrong in it. */
interface Checked {
  readonly sheet: Sheet
  readonly problems: Problems
}

export class YcsbFiles {
  /** By name; a sentence where the file cannot be read. */
  private readonly known = new Map<string, Checked | string>()

  constructor(
    private readonly workloadFile: string,
    private readonly warn: Warn | undefined,
  ) {}

  /** The text of a file that has been read already. */
  hold(name: string, text: string): void {
    this.known.set(name, this.check(name, text))
  }

  /** The workload file with what its properties stand for; as it is if it names none. */
  expanded(tree: Tree, problems: Problems): Expanded {
    const section = tree.kind === 'mapping' ? tree.entries.get('workload')?.value : undefined
    const ycsb = section?.kind === 'mapping' ? section.entries.get('ycsb')?.value : undefined
    if (tree.kind !== 'mapping' || section?.kind !== 'mapping' || ycsb === undefined) return { tree, notes: [] }
    if (ycsb.kind !== 'leaf' || typeof ycsb.value !== 'string') {
      problems.add(ycsb.place, `ycsb is the path of a YCSB properties file, not ${describe(ycsb)}`)
      return { tree, notes: [] }
    }
    const checked = this.read(ycsb.value)
    if (typeof checked === 'string') {
      problems.add(ycsb.place, checked)
      return { tree, notes: [] }
    }
    for (const { place, sentence } of checked.problems.all) problems.add(place, sentence)
    return this.merged(tree, section, ycsb.value, checked.sheet, problems)
  }

  private merged(
    tree: Mapping,
    section: Mapping,
    name: string,
    { values, notes }: Sheet,
    problems: Problems,
  ): Expanded {
    const written = new Map([...section.entries, ...tree.entries])
    const where = { name, file: this.pathOf(name), workloadFile: this.workloadFile }
    const found: string[] = []
    const { workload, beside } = translate({ values, where, overridden: written, problems, notes: found })
    const whole = { ...section, entries: overridden(workload, section.entries) }
    const entry = { ...(tree.entries.get('workload') as Entry), value: whole }
    const entries = new Map(overridden(beside, tree.entries)).set('workload', entry)
    const measured = [...workload, ...beside].filter(([key]) => key !== 'about')
    const account = accountOf(measured, written)
    return {
      tree: { ...tree, entries },
      notes: [...account, ...notes, ...found].map((note) => `${name}: ${note}.`),
    }
  }

  private read(name: string): Checked | string {
    const known = this.known.get(name) ?? this.load(name)
    this.known.set(name, known)
    return known
  }

  private load(name: string): Checked | string {
    try {
      return this.check(name, readDataFile(dirname(this.workloadFile), name))
    } catch (thrown) {
      if (!(thrown instanceof FileError)) throw thrown
      return `Cannot read ${this.pathOf(name)}: ${thrown.message}`
    }
  }

  private check(name: string, text: string): Checked {
    const problems = new Problems()
    const source = new NamedText(this.pathOf(name), withLineFeeds(text), this.known.size)
    return { sheet: readSheet(source, problems, this.warn), problems }
  }

  private pathOf(name: string): string {
    return isAbsolute(name) ? name : join(dirname(this.workloadFile), name)
  }
}

/** Whatever shows a line parts lines at line feeds; every character keeps its place. */
function withLineFeeds(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r(?!\n)/g, '\n')
}

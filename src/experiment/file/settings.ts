/**
 * `--set path=value`: what the command line puts in the place of what a file says, the later setting over the earlier. The value is read
 * as YAML, and every complaint about it names the setting.
 */
import { Problems } from './problems.js'
import { type Place, SettingText } from './source.js'
import type { Tree } from './tree.js'
import { type Path, PathError, parsePath, withValue } from './tree-path.js'
import { readYaml } from './yaml-tree.js'

export interface Setting {
  readonly path: Path
  readonly value: Tree
  readonly place: Place
}

export function readSettings(texts: readonly string[], problems: Problems): readonly Setting[] {
  return texts.flatMap((text, i) => readSetting(text, i + 1, problems) ?? [])
}

function readSetting(text: string, rank: number, problems: Problems): Setting | undefined {
  const equals = text.indexOf('=')
  const source = new SettingText(rank, text, text.slice(equals + 1))
  const place = { source, start: 0, end: 1 }
  if (equals < 1) {
    problems.add(place, 'A setting is path=value, such as workload.records=1000')
    return undefined
  }
  return placed(place, problems, () => {
    const own = new Problems()
    const value = readYaml(source, own)
    for (const problem of own.all) problems.add(problem.place, problem.sentence)
    return value && { path: parsePath(text.slice(0, equals).trim()), value, place }
  })
}

export function withSettings(tree: Tree, settings: readonly Setting[], problems: Problems): Tree {
  return settings.reduce(
    (changed, { path, value, place }) =>
      placed(place, problems, () => withValue(changed, path, value, place)) ?? changed,
    tree,
  )
}

/** What `action` returns, or a complaint at `place` if a path cannot be followed. */
export function placed<T>(place: Place, problems: Problems, action: () => T): T | undefined {
  try {
    return action()
  } catch (thrown) {
    if (!(thrown instanceof PathError)) throw thrown
    problems.add(place, thrown.message)
    return undefined
  }
}

/**
 * From YAML 1.2 (or JSON, which is part of it) to a tree with places. The library scans and composes; what a workload file has no use for
 * is refused here: several documents, merge keys, tags, keys that are no words, keys that stand twice. Depth and
 * number of values are bounded, aliases counted as often as they are used, so that no file exhausts stack or memory.
 */
import type { Document, Pair, ParsedNode, Scalar } from 'yaml'
import { Composer, type CST, isAlias, isMap, isScalar, isSeq, Parser } from 'yaml'
import type { Problems } from './problems.js'
import type { Place, Source } from './source.js'
import { MOST_PIECES, type Piece, tornPieces } from './torn-text.js'
import type { Entry, Leaf, Tree } from './tree.js'

/** Of a file, in bytes too. */
export const MOST_CHARACTERS = 500_000
const MOST_VALUES = 100_000
const DEEPEST = 40
/** Of the library: what follows them is idle. */
const MOST_ERRORS = 100

type Node = ParsedNode | null
type NodePair = Pair<ParsedNode, Node>

/**
 * The whole text of `source`; an empty text is an empty value. Complains to `problems`; returns `undefined` if what is wrong leaves holes, about
 * which more complaints would be idle.
 */
export function readYaml(source: Source, problems: Problems): Tree | undefined {
  const everything = { source, start: 0, end: source.text.length }
  const complain = (start: number, sentence: string): undefined => {
    problems.add({ source, start, end: start + 1 }, sentence)
    return undefined
  }
  if (source.text.length > MOST_CHARACTERS) return complain(0, `This is longer than ${MOST_CHARACTERS} characters`)
  const tokens = [...new Parser(source.lines.addNewLine).parse(source.text)]
  if (isDeep(tokens)) return complain(0, `Values are nested more than ${DEEPEST} deep`)
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false })
  const [document, another] = composer.compose(tokens, true, source.text.length) as Iterable<Document.Parsed>
  if (document === undefined) return { kind: 'leaf', value: null, place: everything }
  const errors = [...document.errors, ...document.warnings].slice(0, MOST_ERRORS)
  for (const { pos, message } of errors) complain(pos[0], yamlSentence(message))
  if (another !== undefined) complain(another.range[0], 'A second document begins here, and a workload file is one')
  if (document.directives.yaml.version !== '1.2') complain(0, 'This is read as YAML 1.2; the %YAML line must go')
  if (problems.count > 0) return undefined
  const builder = new TreeBuilder(source, problems)
  const tree = builder.tree(document.contents, everything)
  return builder.isWhole ? tree : undefined
}

/** The library's words, but for those that address a programmer. */
function yamlSentence(message: string): string {
  return message
    .replace('Unresolved tag:', 'There is no tag')
    .replace(/^Missing closing (["'])quote$/, 'A closing $1 is missing')
    .replace('sufficiently indented and end with a', 'indented and end with')
}

/** The tokens' nesting, walked without recursion: composing them recurses. */
function isDeep(tokens: readonly CST.Token[]): boolean {
  const waiting = tokens.map((token): [unknown, number] => [token, 0])
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [token, depth] = next
    if (typeof token !== 'object' || token === null) continue
    if (depth > DEEPEST) return true
    const { items, key, value } = token as { items?: unknown; key?: unknown; value?: unknown }
    if (Array.isArray(items)) for (const item of items) waiting.push([item, depth + 1])
    waiting.push([key, depth], [value, depth])
  }
  return false
}

class TreeBuilder {
  /** Whether no value had to be left out. */
  isWhole = true
  private values = 0
  /** What each anchor stands for, and how many values that is; `null` while it is being built. */
  private readonly anchors = new Map<string, { readonly tree: Tree; readonly values: number } | null>()

  constructor(
    private readonly source: Source,
    private readonly problems: Problems,
  ) {}

  /** `around` is where a value that is left out would stand. */
  tree(node: Node, around: Place): Tree {
    if (isAlias(node)) return this.aliased(node.source, this.placeOf(node, around))
    const anchor = node?.anchor
    if (anchor !== undefined) this.anchors.set(anchor, null)
    const before = this.values
    const tree = this.unaliased(node, around)
    if (anchor !== undefined) this.anchors.set(anchor, { tree, values: this.values - before })
    return tree
  }

  private unaliased(node: Node, around: Place): Tree {
    const place = this.placeOf(node, around)
    this.count(1, place)
    if (isMap(node))
      return { kind: 'mapping', entries: this.entries(node.items as NodePair[], !!node.flow, place), place }
    if (isSeq(node)) return { kind: 'list', items: this.items(node.items as Node[], !!node.flow, place), place }
    return isScalar(node) ? this.leaf(node, place) : { kind: 'leaf', value: null, place }
  }

  private leaf(node: Scalar, place: Place): Leaf {
    const { value } = node
    const isPlain =
      value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    if (!isPlain) this.complainOfHole(place, 'This is neither text nor a number')
    const textStart = place.start + (node.type === 'PLAIN' ? 0 : 1)
    const isVerbatim = typeof value === 'string' && this.source.text.startsWith(value, textStart)
    // JSON has no -0, and a cell is JSON.
    const known = value === 0 ? 0 : isPlain ? value : null
    return { kind: 'leaf', value: known, place, ...(isVerbatim ? { textStart } : {}) }
  }

  private aliased(name: string, place: Place): Tree {
    const found = this.anchors.get(name)
    if (found !== undefined && found !== null && this.count(found.values, place)) return found.tree
    if (found === undefined) this.complainOfHole(place, `There is no anchor &${name} before this`)
    if (found === null) this.complainOfHole(place, `The anchor &${name} cannot contain itself`)
    return { kind: 'leaf', value: null, place }
  }

  private items(nodes: readonly Node[], isFlow: boolean, place: Place): readonly Tree[] {
    const pieces = isFlow ? nodes.map(textOf) : []
    const items: Tree[] = []
    for (let i = 0; i < nodes.length; i++) {
      const torn = isFlow ? tornPieces(pieces, i) : 1
      const item = this.tree(nodes[i] as Node, place)
      items.push(torn > 1 ? this.mended(item, pieces.slice(i, i + torn)) : item)
      i += torn - 1
    }
    return items
  }

  private entries(pairs: readonly NodePair[], isFlow: boolean, place: Place): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>()
    const bareKeys = isFlow ? pairs.map(({ key, value }) => (isBare(value) ? textOf(key) : undefined)) : []
    for (let i = 0; i < pairs.length; i++) {
      const { key, value } = pairs[i] as NodePair
      const keyPlace = this.placeOf(key, place)
      const name = this.keyName(key, keyPlace)
      const pieces = [textOf(value), ...bareKeys.slice(i + 1, i + MOST_PIECES)]
      const torn = isFlow ? tornPieces(pieces, 0) : 1
      const tree = this.tree(value, keyPlace)
      i += torn - 1
      if (name === undefined) continue
      if (entries.has(name)) this.problems.add(keyPlace, `The key ${name} stands twice`)
      entries.set(name, { key: keyPlace, value: torn > 1 ? this.mended(tree, pieces.slice(0, torn)) : tree })
    }
    return entries
  }

  private keyName(key: Node, place: Place): string | undefined {
    const value = isScalar(key) ? key.value : null
    if (value === '<<') {
      this.problems.add(place, 'Merge keys (<<) are not supported; write the keys out')
      return undefined
    }
    if (typeof value === 'string' && value !== '') return value
    if (isScalar(key) && (typeof value === 'number' || typeof value === 'boolean')) return key.source ?? String(value)
    this.problems.add(place, 'A key is a word')
    return undefined
  }

  private mended(first: Tree, pieces: readonly Piece[]): Leaf {
    const value = pieces.join(' ')
    this.problems.add(
      first.place,
      `For YAML the comma ends this value; separate arguments by blanks, as in ${value}, or put it in quotes`,
    )
    return { kind: 'leaf', value, place: first.place }
  }

  private complainOfHole(place: Place, sentence: string): void {
    this.isWhole = false
    this.problems.add(place, sentence)
  }

  private placeOf(node: Node, around: Place): Place {
    if (node === null) return around
    const [start, end] = node.range
    return { source: this.source, start, end: Math.max(end, start + 1) }
  }

  /** Whether there is still room for so many values. */
  private count(values: number, place: Place): boolean {
    const isFull = this.values > MOST_VALUES
    this.values += values
    if (this.values <= MOST_VALUES) return true
    if (!isFull) this.complainOfHole(place, `From here on there are more than ${MOST_VALUES} values`)
    return false
  }
}

const isBare = (value: Node): boolean => value === null || (isScalar(value) && value.source === '')

function textOf(node: Node): Piece {
  return isScalar(node) && node.type === 'PLAIN' ? node.source : undefined
}

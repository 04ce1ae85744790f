/**
 * A report in parts that can be cut, because GitHub refuses a comment of more than 65,536 characters. What is too long loses its details first, from the
 * last one on, then rows and lines from the ends of its longer parts; what was cut is named, with where it can be read in full.
 */

export interface Block {
  /** What is missed where it is cut: `the intervals`; a block without it is never cut. */
  readonly name: string | null
  readonly lines: readonly string[]
  /** Lines that stay however long the rest is, such as the head of a table; null for a block that is dropped as a whole. */
  readonly least: number | null
}

/** GitHub's limit, with room for what a bot puts around it. */
export const MOST_CHARACTERS = 60_000

/** For the sentence about what was cut. */
const RESERVED = 2000

/** The text of the blocks, with a sentence at its end where something was cut; the last blocks are dropped first, and cut last. */
export function fitted(blocks: readonly Block[], full: string): string {
  const all = textOf(blocks)
  if (all.length <= MOST_CHARACTERS) return all
  const kept = [...blocks]
  const missed: string[] = []
  const limit = MOST_CHARACTERS - RESERVED
  for (const i of cuttingOrder(blocks)) {
    const excess = textOf(kept).length - limit
    if (excess <= 0) break
    const { block, cut } = shortened(kept[i] as Block, excess)
    kept[i] = block
    missed.push(cut)
  }
  return `${textOf(kept)}\nLeft out for want of space: ${missed.join(', ')}. ${full}\n`
}

function cuttingOrder(blocks: readonly Block[]): readonly number[] {
  const places = blocks.map((_, i) => i).filter((i) => blocks[i]?.name !== null)
  const isWhole = (i: number): boolean => blocks[i]?.least === null
  return [...places.filter(isWhole).reverse(), ...places.filter((i) => !isWhole(i)).reverse()]
}

/** By at least so many characters if it has them. */
function shortened({ name, lines, least }: Block, excess: number): { readonly block: Block; readonly cut: string } {
  if (least === null) return { block: { name, lines: [], least }, cut: name as string }
  let count = lines.length
  for (let gone = 0; count > least && gone < excess; count--) gone += (lines[count - 1] as string).length + 1
  return {
    block: { name, lines: lines.slice(0, count), least },
    cut: `${lines.length - count} of ${lines.length - least} lines of ${name}`,
  }
}

/** A blank line between any two; none has more than its own. */
function textOf(blocks: readonly Block[]): string {
  return blocks
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines }) => `${lines.join('\n')}\n`)
    .join('\n')
}

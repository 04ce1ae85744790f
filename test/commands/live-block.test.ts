/** Lines written over in place, as seen on a small screen that carries out what they ask of a terminal. */
import { describe, expect, it } from 'vitest'
import { LiveBlock } from '../../src/commands/live-block.js'

/** Wraps at `columns`, keeps all rows, and knows the few sequences that the block uses. */
class Screen {
  rows = 24
  writes = 0
  wraps = true
  private readonly lines: string[][] = [[]]
  private row = 0
  private column = 0

  constructor(readonly columns: number) {}

  write(text: string): boolean {
    this.writes++
    for (const [, count, sequence, character] of text.matchAll(/\p{Cc}\[(\??\d*)([AJKhl])|(.)/gsu)) {
      if (sequence === 'A') this.row = Math.max(0, this.row - Number(count))
      else if (sequence === 'J' || sequence === 'K') this.erase(sequence === 'J')
      else if (sequence !== undefined) this.wraps = sequence === 'h'
      else this.put(character as string)
    }
    return true
  }

  get text(): string {
    return this.lines.map((line) => line.join('')).join('\n')
  }

  private erase(below: boolean): void {
    if (below) this.lines.length = this.row + 1
    ;(this.lines[this.row] as string[]).length = this.column
  }

  private put(character: string): void {
    if (character === '\r') this.column = 0
    else if (character === '\n') this.goTo(this.row + 1)
    else {
      if (this.column === this.columns && this.wraps) this.goTo(this.row + 1)
      this.column = Math.min(this.column, this.columns - 1)
      ;(this.lines[this.row] as string[])[this.column++] = character
    }
  }

  private goTo(row: number): void {
    this.row = row
    this.column = 0
    while (this.lines.length <= row) this.lines.push([])
  }
}

describe('a live block', () => {
  it('writes over what it showed, longer or shorter', () => {
    const screen = new Screen(20)
    const block = new LiveBlock(screen)
    screen.write('before\n')
    block.show(['one', 'two', 'three'])
    expect(screen.text).toBe('before\none\ntwo\nthree\n')
    block.show(['1', 'longer than before'])
    expect(screen.text).toBe('before\n1\nlonger than before\n')
    block.clear()
    screen.write('after\n')
    expect(screen.text).toBe('before\nafter\n')
  })

  it('takes away what the terminal echoed for Ctrl-C', () => {
    const screen = new Screen(20)
    const block = new LiveBlock(screen)
    block.show(['one'])
    screen.write('^C')
    block.clear()
    expect(screen.text).toBe('')
  })

  it('writes nothing where nothing has changed, or where there is nothing to clear', () => {
    const screen = new Screen(20)
    const block = new LiveBlock(screen)
    block.clear()
    block.show(['one'])
    block.show(['one'])
    expect(screen.writes).toBe(1)
  })

  it('leaves a column free, and a row', () => {
    const screen = new Screen(20)
    screen.rows = 3
    const block = new LiveBlock(screen)
    expect(block.width).toBe(19)
    block.show(['one', 'two', 'three'])
    expect(screen.text).toBe('one\ntwo\n')
  })

  it('counts what its lines have become on a terminal that is narrower now', () => {
    const written: string[] = []
    const terminal = { columns: 20, rows: 24, write: (text: string) => written.push(text) > 0 }
    const block = new LiveBlock(terminal)
    block.show(['fifteen letters', 'short'])
    terminal.columns = 10
    block.clear()
    // Two rows and one.
    expect(written.at(-1)).toBe('\r\u001b[3A\u001b[J')
  })

  it('does not wrap what turns out too long, and lets others wrap', () => {
    const screen = new Screen(10)
    const block = new LiveBlock(screen)
    block.show(['twelve chars', 'two'])
    expect(screen.text).toBe('twelve chs\ntwo\n')
    expect(screen.wraps).toBe(true)
  })

  it('takes a size of zero for an unknown one', () => {
    const block = new LiveBlock(new Screen(0))
    expect(block.width).toBe(79)
  })
})

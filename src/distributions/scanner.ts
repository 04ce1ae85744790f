/** A position in the text of a law, and the few ways in which the parser moves it. Blanks mean nothing but a border between words. */

export class Scanner {
  at = 0

  constructor(readonly text: string) {}

  /** The next character that is not blank, without taking it; empty at the end. */
  peek(): string {
    while (/\s/.test(this.text.charAt(this.at))) this.at++
    return this.text.charAt(this.at)
  }

  /** Takes the next character if it is `wanted`. */
  take(wanted: string): boolean {
    if (this.peek() !== wanted || wanted === '') return false
    this.at += wanted.length
    return true
  }

  /** Takes what `pattern`, which is sticky, matches after blanks; `undefined` if it does not match there. */
  match(pattern: RegExp): string | undefined {
    this.peek()
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    this.at += found?.length ?? 0
    return found
  }
}

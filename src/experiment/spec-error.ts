/**
 * What is wrong with a workload file: all of it at once, each with `file:line:column`, the line itself, what was wrong and what is allowed.
 */
import { UserError } from '../core/errors.js'

export interface Problem {
  readonly line: number
  readonly column: number
  readonly sentence: string
}

export class SpecError extends UserError {
  constructor(fileName: string, text: string, problems: readonly Problem[]) {
    const lines = text.split('\n')
    const shown = problems.map(({ line, column, sentence }) => {
      const source = (lines[line - 1] ?? '').slice(0, 160)
      const caret = `${' '.repeat(Math.min(column - 1, source.length))}^`
      return `${fileName}:${line}:${column}: ${sentence}\n    ${source}\n    ${caret}`
    })
    super(shown.join('\n'))
  }
}

/**
 * Functions that users write, in ES modules whose text is in the cell. Importing one takes a promise, so whoever runs the cell does it before
 * (runner/load-modules.ts) and leaves here what it exports, by its text; the replicas then call it like any function. What a
 * module does is in its author's hands: if it draws random numbers, the same cell gives other results.
 */
import { messageOf, UserError } from './errors.js'

export interface UserModule {
  /** As the workload file names it, for messages. */
  readonly module: string
  readonly text: string
}

const exportsByText = new Map<string, Readonly<Record<string, unknown>>>()

export function provideModule({ text }: UserModule, exported: Readonly<Record<string, unknown>>): void {
  exportsByText.set(text, exported)
}

/** A function that the module exports; it throws `UserError` where that throws. */
export function functionOf({ module, text }: UserModule, name: string): (argument: unknown) => unknown {
  const exported = exportsByText.get(text)
  if (exported === undefined) throw new UserError(`${module} has not been loaded.`)
  const own = exported[name]
  if (typeof own !== 'function') throw new UserError(`${module} exports no function ${name}.`)
  return (argument) => {
    try {
      return own(argument)
    } catch (thrown) {
      throw new UserError(`${module}: ${name} failed: ${messageOf(thrown)}`)
    }
  }
}

/**
 * What every plug-in has in common, and the registry that holds those of one kind. Registries are built once, in the
 * folder's `index.ts`; `quorate list`, the errors' lists of allowed names and the did-you-mean all read them.
 */
import type { z } from 'zod'
import type { World } from './world.js'

/** A strategy, fault, law, key distribution …: a name, one line about it, and the schema of its options. */
export interface Plugin<Options> {
  readonly name: string
  /** One line for `quorate list`. */
  readonly summary: string
  /** Parses what a workload file says and fills in the defaults. */
  readonly options: z.ZodType<Options>
  /** A sentence that says why these options are impossible in this world, or `undefined` if they are possible. */
  check?(options: Options, world: World): string | undefined
}

/** Plug-ins of one kind by name, in the order in which they are listed. */
export class Registry<P extends { readonly name: string }> {
  private readonly byName: ReadonlyMap<string, P>

  constructor(
    /** What one of them is called in messages: `strategy`, `fault` … */
    readonly kind: string,
    readonly all: readonly P[],
  ) {
    this.byName = new Map(all.map((plugin) => [plugin.name, plugin]))
  }

  get(name: string): P | undefined {
    return this.byName.get(name)
  }

  get names(): readonly string[] {
    return this.all.map((plugin) => plugin.name)
  }
}

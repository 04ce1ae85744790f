/** How versions of a key are told apart, and what becomes of concurrent ones. */
import { z } from 'zod'
import type { Nanos } from '../../../core/ids.js'
import { duration } from '../../../core/schema.js'
import type { UserModule } from '../../../core/user-modules.js'
import type { ReadFile } from '../../replica.js'

export interface VersionOptions {
  /** `timestamps`, the default: the last write wins. `vectors` and `dotted`: version vectors, by coordinator; the latter tell each value's dot. */
  readonly versions?: 'timestamps' | 'vectors' | 'dotted' | undefined
  /** Of equal timestamps: the writer with the greater number, the default, or Cassandra's rules for cells. */
  readonly ties?: 'writer' | 'cassandra' | undefined
  /**
   * Of versions with vectors: how a read merges siblings; see merges.ts. Absent: it returns registers side by side. `module` names a file with a
   * function of the user's, whose `text` is in the cell.
   */
  readonly merge?:
    | 'last-write'
    | 'union'
    | 'counter'
    | 'data-types'
    | { readonly module: string; readonly text?: string }
    | undefined
  /** What a write carries of what its session has seen of the key. */
  readonly context?: 'none' | 'session' | undefined
  /** Of version vectors: how they are cut short. */
  readonly prune?: PruneOptions | undefined
  /** How long a tombstone is kept before it is purged. Absent: for ever. */
  readonly grace?: Nanos | undefined
}

export interface PruneOptions {
  readonly small: number
  readonly big: number
  readonly young: Nanos
  readonly old: Nanos
}

export const versionOptions = {
  versions: z.enum(['timestamps', 'vectors', 'dotted']).optional(),
  ties: z.enum(['writer', 'cassandra']).optional(),
  merge: z
    .union([z.enum(['last-write', 'union', 'counter', 'data-types']), z.strictObject({ module: z.string() })])
    .optional(),
  context: z.enum(['none', 'session']).optional(),
  prune: z
    .strictObject({
      small: z.int().min(1).default(50),
      big: z.int().min(1).default(50),
      young: duration().prefault('20s'),
      old: duration().prefault('24h'),
    })
    .optional(),
  grace: duration().optional(),
}

/** The modules of the user's that these options name. */
export function modulesOf({ merge }: VersionOptions): readonly UserModule[] {
  return typeof merge === 'object' && merge.text !== undefined ? [{ module: merge.module, text: merge.text }] : []
}

/** With the texts of the files that they name; `read` gives undefined for one that cannot be read. */
export function withTexts<O extends VersionOptions>(options: O, read: ReadFile): O {
  const { merge } = options
  if (typeof merge !== 'object') return options
  const text = read('merge', merge.module)
  return text === undefined ? options : { ...options, merge: { module: merge.module, text } }
}

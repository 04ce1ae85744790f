/** The families of `quorate validate`, in the order of its table. */
import { Registry } from '../../core/plugin.js'
import { exponentialQuorums } from './exponential-quorums.js'
import type { Family } from './family.js'

export const families: Registry<Family> = new Registry('family', [exponentialQuorums])

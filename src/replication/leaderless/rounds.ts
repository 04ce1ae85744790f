/**
 * The attempts that a coordinator's messages carry, which keep the dice of two messages of one operation between the same two processes apart.
 *
 * Messages of the first round of a read, and writes, carry the attempt of the request, which counts up from 0. Where a
 * read needs a second round, for the data after digests disagreed or for the body after heads, its messages count up from 64. Repairs
 * travel on the write's leg and count down from 255 (read-repair.ts). These meet only after dozens of retries, and would share a
 * delay then, nothing else.
 */
import type { Request } from '../replica.js'

const SECOND_ROUND = 64

export function secondRoundOf({ attempt }: Request): number {
  return SECOND_ROUND + attempt
}

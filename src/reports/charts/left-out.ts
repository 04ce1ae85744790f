/** What stands under a chart about the chosen series that are not in it; the same words with and without a script. */
import type { Choice } from './chart.js'

export function leftOutText({ drawn, leftOut }: Choice): string {
  if (drawn.length === 0) return 'Nothing to draw here for the variants chosen.'
  if (leftOut === 0) return ''
  return leftOut === 1 ? '1 more is not drawn: narrow the choice.' : `${leftOut} more are not drawn: narrow the choice.`
}

/**
 * `quorate report`: results that lie on disk in any of the formats, one of them or several together. The same results give the same bytes; what a file
 * holds does not depend on the terminal. It reports and does not judge: gates that failed are told, and the exit code is 0.
 */

import { reports } from '../reports/index.js'
import { overlaid } from '../reports/overlay.js'
import { terminal } from '../reports/terminal.js'
import { zonesOf } from '../reports/zones.js'
import { writeWhole } from '../results/files.js'
import type { Results } from '../results/results.js'
import { FINE } from './exit-code.js'
import { findResults, placeOf } from './found-results.js'
import { outputWidth, USUAL_WIDTH } from './output.js'
import { type Measured, type ViewOptions, viewOf } from './view-options.js'

export interface ReportOptions extends ViewOptions {
  readonly out?: string | undefined
  readonly date?: string | undefined
}

/** Returns the exit code. */
export async function report(paths: readonly string[], options: ReportOptions): Promise<number> {
  const { format, out, date } = options
  const found = await findResults(paths)
  const results = overlaid(found)
  const view = viewOf(options, measuredIn(results), date)
  const place = placeOf(found, out === undefined ? outputWidth() : USUAL_WIDTH)
  const text = await (reports.get(format) ?? terminal).render(results, place, view)
  if (out === undefined) {
    process.stdout.write(text)
  } else {
    await writeWhole(out, [text])
    process.stderr.write(`${out} is written.\n`)
  }
  return FINE
}

function measuredIn({ measures, summaries }: Results): Measured {
  return { measures: measures.map(({ name }) => name), zones: [...new Set(summaries.flatMap(zonesOf))] }
}

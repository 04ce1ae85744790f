/**
 * A chart by keyboard: left and right go along the values of a line and on to the next one, up and down to other lines, Home and End to the first and last value,
 * Escape ends. Each step shows the tooltip and says it. What is drawn for the eye alone (`silent`, or no tooltip), has no data or was switched off in the legend is passed by.
 */
import type { LiveChart } from './live-chart.js'
import { partsOf } from './overheard.js'
import { isGap, spokenPoint } from './spoken-point.js'

const HINT = 'Left and right arrows go along the values, up and down to other lines, Escape ends.'

interface Line {
  /** ECharts' number of the series. */
  readonly index: number
  /** Of the values that are there. */
  readonly points: readonly number[]
}

export class Explorer {
  private line = 0
  /** Before the first step, in front of the first value. */
  private point = -1
  private said: string | null = null
  private readonly sentence: HTMLElement

  constructor(
    private readonly chart: LiveChart,
    place: HTMLElement,
  ) {
    this.sentence = document.createElement('p')
    this.sentence.className = 'spoken'
    this.sentence.setAttribute('aria-live', 'polite')
    place.after(this.sentence)
    place.tabIndex = 0
    // Else a screen reader keeps the arrows for itself.
    place.setAttribute('role', 'application')
    place.setAttribute('aria-roledescription', 'chart')
    place.firstElementChild?.setAttribute('aria-hidden', 'true')
    chart.hear = (text) => {
      this.said = text
    }
    place.addEventListener('keydown', (event) => this.onKey(event))
    place.addEventListener('focus', () => {
      if (place.matches(':focus-visible')) this.sentence.textContent = HINT
    })
    place.addEventListener('blur', () => this.end())
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Escape') this.end()
    this.chart.wake()
    const lines = linesOf(this.chart)
    if (lines.length === 0 || !this.move(event.key, lines)) return
    event.preventDefault()
    this.show(lines[this.line] as Line)
  }

  /** Whether the key is one that moves. */
  private move(key: string, lines: readonly Line[]): boolean {
    const lastLine = lines.length - 1
    this.line = Math.min(this.line, lastLine)
    const last = (): number => (lines[this.line] as Line).points.length - 1
    this.point = Math.min(this.point, last())
    if (key === 'ArrowRight') {
      // Past the end the next line begins, so that one key reaches everything, and marks that stand alone one after the other.
      if (this.point < last()) this.point++
      else if (this.line < lastLine) [this.line, this.point] = [this.line + 1, 0]
    } else if (key === 'ArrowLeft') {
      if (this.point > 0) this.point--
      else if (this.line > 0) {
        this.line--
        this.point = last()
      }
    } else if (key === 'ArrowDown') this.line = Math.min(this.line + 1, lastLine)
    else if (key === 'ArrowUp') this.line = Math.max(this.line - 1, 0)
    else if (key === 'Home') this.point = 0
    else if (key === 'End') this.point = last()
    else return false
    this.point = Math.max(0, Math.min(this.point, last()))
    return true
  }

  private show({ index, points }: Line): void {
    const dataIndex = points[this.point] as number
    this.said = null
    this.chart.instance?.dispatchAction({ type: 'showTip', seriesIndex: index, dataIndex })
    this.sentence.textContent = withoutStyles(this.said ?? spokenPoint(this.chart.option, index, dataIndex))
  }

  private end(): void {
    this.chart.instance?.dispatchAction({ type: 'hideTip' })
    this.sentence.textContent = ''
  }
}

/** What of the series a reader can go along. */
function linesOf({ instance, option }: LiveChart): readonly Line[] {
  const legends = partsOf(instance?.getOption()['legend'])
  const isOff = (name: unknown): boolean =>
    legends.some(
      ({ selected }) => (selected as Readonly<Record<string, boolean>> | undefined)?.[String(name)] === false,
    )
  return partsOf(option['series']).flatMap((series, index) => {
    const { silent, tooltip, data, name } = series
    const isSeen = silent !== true && (tooltip as { show?: boolean } | undefined)?.show !== false && !isOff(name)
    const points = Array.isArray(data) ? data.flatMap((value, i) => (isGap(value) ? [] : [i])) : []
    return isSeen && points.length > 0 ? [{ index, points }] : []
  })
}

/** Of `{style|text}`, as tooltips have it, the text; and a sentence for each line. */
function withoutStyles(text: string): string {
  return text
    .replaceAll(/\{\w+\|([^}]*)\}/g, '$1')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ')
}

/**
 * One chart of the page, drawn by ECharts in place of the drawing that came with it, of the variants that are chosen. What stands beside it follows: the
 * sentence about what is left out at once, the table of its numbers when it is open. Until it is woken it costs nothing, and should it ever fail
 * the drawing that came with the page stays.
 */
import { type Chart, type ChartData, type Choice, choiceOf } from '../chart.js'
import { type ChartOption, type LiveChart as Instance, init } from '../echarts.js'
import { leftOutText } from '../left-out.js'
import type { Series } from '../series.js'
import { fillTable } from './numbers.js'
import { type Hear, overheard } from './overheard.js'

export class LiveChart {
  /** What is on the screen; null before it is drawn. */
  instance: Instance | null = null
  option: ChartOption = {}
  /** Told what a tooltip says, by whatever made it appear. */
  hear: Hear = () => undefined

  private choice: Choice
  private drawnWidth = 0
  private isAwake = false
  private isBroken = false
  /** Whether the table of numbers is of an earlier choice. */
  private isStale = false
  /** What came with the page. */
  private readonly original: readonly Node[]
  private readonly caption: HTMLElement | null
  private readonly numbers: HTMLDetailsElement | null

  constructor(
    readonly section: HTMLElement,
    private readonly place: HTMLElement,
    private readonly chart: Chart,
    private readonly data: ChartData,
    all: readonly Series[],
  ) {
    this.choice = choiceOf(chart, data, all)
    this.original = [...place.childNodes]
    this.caption = section.querySelector('.left-out')
    this.numbers = section.querySelector('details.numbers')
    this.numbers?.addEventListener('toggle', () => this.showNumbers())
  }

  wake(): void {
    if (this.isAwake) return
    this.isAwake = true
    this.draw(this.place.clientWidth)
  }

  choose(chosen: readonly Series[]): void {
    const choice = choiceOf(this.chart, this.data, chosen)
    const isSame =
      choice.leftOut === this.choice.leftOut &&
      choice.drawn.length === this.choice.drawn.length &&
      choice.drawn.every((one, i) => one === this.choice.drawn[i])
    if (isSame) return
    this.choice = choice
    this.isStale = true
    if (this.caption) this.caption.textContent = leftOutText(choice)
    this.place.hidden = choice.drawn.length === 0
    this.showNumbers()
    if (this.isAwake) this.draw(this.place.clientWidth)
  }

  /** To so many pixels, for paper, where it must be there whether or not it was seen; or null: to the room that there is. */
  fit(paperWidth: number | null): void {
    if (paperWidth !== null) this.isAwake = true
    const width = paperWidth ?? this.place.clientWidth
    if (this.isAwake && width !== this.drawnWidth) this.draw(width)
  }

  private draw(width: number): void {
    if (this.isBroken || width === 0 || this.choice.drawn.length === 0) return
    this.drawnWidth = width
    try {
      this.drawUnguarded(width)
    } catch (error) {
      this.isBroken = true
      this.instance?.dispose()
      this.instance = null
      this.place.replaceChildren(...this.original)
      reportError(error)
    }
  }

  private drawUnguarded(width: number): void {
    const drawing = { data: this.data, series: this.choice.drawn, width }
    const height = this.chart.height(drawing)
    this.option = overheard(this.chart.option(drawing), (text) => this.hear(text))
    this.instance ??= this.begun()
    this.instance.resize({ width, height })
    this.instance.setOption(this.option, { notMerge: true })
    // So that paper can scale it.
    this.place.querySelector('svg')?.setAttribute('viewBox', `0 0 ${width} ${height}`)
  }

  /** The drawing that came with the page gives way. */
  private begun(): Instance {
    const host = document.createElement('div')
    host.setAttribute('aria-hidden', 'true')
    this.place.replaceChildren(host)
    return init(host, null, { renderer: 'svg', width: this.drawnWidth, height: 1 })
  }

  private showNumbers(): void {
    const table = this.numbers?.querySelector('table')
    if (!this.isStale || !table || !this.numbers?.open) return
    this.isStale = false
    const { drawn } = this.choice
    fillTable(table, this.chart.table({ data: this.data, series: drawn, width: this.drawnWidth }))
  }
}

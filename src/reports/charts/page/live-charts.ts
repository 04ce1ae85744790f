/**
 * All charts of the page. One comes to life when it is about to be seen, so that a long page opens at once; it is drawn anew when its room changes, at most
 * once a frame, and for paper, all of them, before printing.
 */
import type { Chart } from '../chart.js'
import { charts } from '../index.js'
import type { PageData } from '../page-data.js'
import { Explorer } from './explorer.js'
import { LiveChart } from './live-chart.js'

/** How far below and above the window one counts as about to be seen. */
const MARGIN = '400px'

/** What an A4 or Letter page leaves between usual margins; the drawing is scaled to what there is. */
const PAPER_PIXELS = 700

export function startCharts(data: PageData): readonly LiveChart[] {
  const sections = [...document.querySelectorAll<HTMLElement>('[data-chart]')]
  const live = sections.flatMap((section) => liveIn(section, data))
  if ('IntersectionObserver' in window) wakeWhenNear(live)
  else for (const chart of live) chart.wake()
  fitToRoom(live)
  return live
}

function liveIn(section: HTMLElement, data: PageData): LiveChart[] {
  const chart: Chart | undefined = charts.get(section.dataset['chart'] as string)
  const part = chart && data.charts[chart.name]
  const drawing = section.querySelector<HTMLElement>('.drawing')
  if (chart === undefined || part === undefined || drawing === null) return []
  const live = new LiveChart(section, drawing, chart, part, data.series)
  new Explorer(live, drawing)
  return [live]
}

function wakeWhenNear(live: readonly LiveChart[]): void {
  const byElement = new Map<Element, LiveChart>(live.map((chart) => [chart.section, chart]))
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
        observer.unobserve(target)
        byElement.get(target)?.wake()
      }
    },
    { rootMargin: `${MARGIN} 0px` },
  )
  for (const element of byElement.keys()) observer.observe(element)
}

function fitToRoom(live: readonly LiveChart[]): void {
  let isPrinted = false
  let isAsked = false
  const fitAll = (): void => {
    isAsked = false
    for (const chart of live) chart.fit(isPrinted ? PAPER_PIXELS : null)
  }
  for (const [event, starts] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const) {
    addEventListener(event, () => {
      isPrinted = starts
      fitAll()
    })
  }
  if (!('ResizeObserver' in window)) return
  const observer = new ResizeObserver(() => {
    if (!isAsked) requestAnimationFrame(fitAll)
    isAsked = true
  })
  for (const { section } of live) observer.observe(section)
}

/** Charts as files of their own: XML that anybody can parse, whatever names hold, in colours that follow the reader. */
import { describe, expect, it } from 'vitest'
import { svgChart } from '../../dist/reports/svg.js'
import { USUAL_VIEW } from '../../src/reports/report.js'
import type { Results } from '../../src/results/results.js'
import type { Summary } from '../../src/results/summary.js'
import { place, resultsOf, summaryOf } from './fixtures.js'

const fresh = (label: string): Summary =>
  summaryOf(
    label,
    {},
    {
      curves: {
        visibility: [
          { x: 1, value: 0.5, n: 10 },
          { x: 20, value: 1, n: 10 },
        ],
      },
    },
  )

const draw = async (results: Results, chart: string | null = 'visibility'): Promise<string> =>
  svgChart.render(results, place, { ...USUAL_VIEW, chart })

const HOSTILE = [
  '<script>alert(1)</script>',
  `"><img src=x onerror='alert(1)'>`,
  ']]></style><script>',
  '&nbsp;&#0;',
  'a\u0000b\u001bc\u202ed\uFFFEe\uD800f',
  'x'.repeat(10_000),
]

/** Throws unless this is XML 1.0 as far as we write it: one element whose tags are balanced, quoted attributes, known entities, allowed characters. */
function elementsIn(xml: string): readonly string[] {
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(xml))
    throw new Error('A character is not allowed.')
  const open: string[] = []
  const all: string[] = []
  const token = /<!\[CDATA\[.*?\]\]>|<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gsy
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex
    const found = token.exec(xml)
    if (found === null) throw new Error(`Not XML: ${xml.slice(at, at + 80)}`)
    const [, closing, name, attributes = '', empty, text = ''] = found
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(attributes + text))
      throw new Error(`An entity: ${found[0]}`)
    if (/&#(?:0|x0);/i.test(attributes + text)) throw new Error('A character is not allowed.')
    if (name === undefined) continue
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`${name} is closed and was not open.`)
    } else {
      if (open.length === 0 && all.length > 0) throw new Error(`${name} comes after the end.`)
      all.push(name)
      if (empty === '') open.push(name)
    }
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} stay open.`)
  return all
}

describe('a chart as a picture', () => {
  it('stands for itself: a size, a title, an explanation, colours for light and dark, and paper', async () => {
    const svg = await draw(resultsOf([fresh('lww'), fresh('crdt')]))
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="860" height="\d+" viewBox="0 0 860 \d+" role="img"/,
    )
    expect(svg).toContain('<title id="visibility-title">Fresh reads against time since the write: test</title>')
    expect(svg).toMatch(/<desc id="visibility-explanation">[^<]{40}/)
    expect(svg).toContain('@media (prefers-color-scheme:dark){svg{--ink:')
    expect(svg).toMatch(/<rect width="860" height="\d+" fill="var\(--paper\)"\/>/)
    expect(svg.match(/>(lww|crdt)</g)).toEqual(['>lww<', '>crdt<'])
    expect(elementsIn(svg).slice(0, 5)).toEqual(['svg', 'title', 'desc', 'style', 'rect'])
    expect(svg.endsWith('</svg>\n')).toBe(true)
  })

  it('asks for nothing from elsewhere', async () => {
    const svg = await draw(resultsOf([fresh('lww')]))
    expect(svg.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(
      /https?:|href|url\((?!#)|@import|<script|\son\w+=/,
    )
  })

  it('is the same every time, also after others were drawn', async () => {
    const results = resultsOf([fresh('lww')])
    const first = await draw(results)
    await draw(resultsOf([fresh('crdt'), fresh('quorum')]))
    expect(await draw(results)).toBe(first)
  })

  it('is well-formed whatever names hold, and shows them as text', async () => {
    for (const label of HOSTILE) {
      const spec = { name: label, about: label }
      const svg = await draw(resultsOf([{ ...fresh('lww'), label }], { spec }))
      expect(elementsIn(svg)).not.toContain('script')
      expect(elementsIn(svg)).not.toContain('img')
      expect(svg.length).toBeLessThan(20_000)
    }
  })

  it('leaves a name alone that looks like an id of the drawing', async () => {
    const svg = await draw(resultsOf([fresh('zr0-cls-1 url(#zr0-c0')]))
    expect(svg).toContain('>zr0-cls-1 url(#zr0-c0<')
  })

  it('is refused as XML where it is none', () => {
    for (const wrong of ['<a>', '<a></b>', '<a b=c/>', '<a>&nbsp;</a>', '<a/><b/>', '<a>\u0000</a>', '<a b="<"/>'])
      expect(() => elementsIn(wrong)).toThrow()
  })

  it('says how many it has no room for', async () => {
    const many = Array.from({ length: 13 }, (_, i) => fresh(`lww ${i}`))
    const svg = await draw(resultsOf(many))
    expect(elementsIn(svg)[0]).toBe('svg')
    expect(svg).toContain('>3 more are not drawn.</text>')
    expect(await draw(resultsOf([fresh('lww')]))).not.toContain('not drawn')
  })

  it.each([
    [null, '--format svg draws one chart, which --chart names; there are visibility'],
    ['visibilty', 'There is no chart visibilty (did you mean visibility?); there are '],
    ['a\u001b[2J', 'There is no chart a�[2J; there are '],
  ])('named %j is refused, with those that there are', async (chart, message) => {
    await expect(draw(resultsOf([fresh('lww')]), chart)).rejects.toThrow(message)
  })

  it('that has nothing to draw is refused', async () => {
    await expect(draw(resultsOf([summaryOf('lww', {})]))).rejects.toThrow(
      'There is nothing to draw for the chart visibility; this result has none.',
    )
  })
})

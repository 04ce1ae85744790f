/** The library behind the charts, where a name could do harm. */
import { expect, test } from 'vitest'
import { init } from '../../../src/reports/charts/echarts.js'

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a text %s changes no object', (name) => {
  const live = init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 300 })
  live.setOption({
    animation: false,
    legend: { data: ['one', 'other'] },
    xAxis: { type: 'category', data: [name, 'other'] },
    yAxis: {},
    series: ['one', 'other'].map((one) => ({ type: 'line', name: one, data: [1, 2] })),
  })
  expect(live.renderToSVGString().split(name).length).toBeGreaterThan(1)
  live.dispose()
  const found: string[] = []
  for (const key in {}) found.push(key)
  expect(found).toEqual([])
  expect(Object.keys(Object)).toEqual([])
  expect(Object.keys(Object.prototype.toString)).toEqual([])
})

/** What may be asked to be shown, and how wrong wishes are refused. */
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/commands/view-options.js'

const measured = {
  measures: ['read.p50', 'read.p99', 'lost.ratio', 'lost.overwritten.seen', 'availability'],
  zones: ['us', 'eu@west'],
}
const named = (measures: string) => viewOf({ format: 'table', measures }, measured).measures

describe('--measures', () => {
  it.each([
    ['read.p99', ['read.p99']],
    ['read.p99@us,availability', ['read.p99@us', 'availability']],
    ['read.p50@eu@west', ['read.p50@eu@west']],
    ['lost , read', ['lost', 'read']],
    ['lost.overwritten', ['lost.overwritten']],
  ])('%j names %j', (text, names) => {
    expect(named(text)).toEqual(names)
  })

  it.each([
    ['read.p98', /there is no measure read\.p98 \(did you mean read\.p\d\d\?\); .*list measures prints them\.$/],
    ['losd', /there is no measure losd \(did you mean lost\?\)/],
    ['rea', /there is no measure rea \(did you mean read\?\)/],
    ['read.', /there is no measure read\. \(did you mean read\?\)/],
    ['throughput', /there is no measure throughput; /],
    ['read@us', /there is no measure read; /],
    ['read.p99@u', /there is no zone u \(did you mean us\?\); there are us, eu@west\.$/],
    ['read.p99@', /there is no zone ; there are us/],
    ['a\u001b[2J', /there is no measure a�\[2J/],
    [' , ', /^--measures takes names of measures/],
  ])('%j is refused', (text, message) => {
    expect(() => named(text)).toThrow(message)
  })
})

describe('a view', () => {
  it('is the usual one where nothing is asked', () => {
    const usual = { wide: false, measures: null, by: null, chart: null, date: null }
    expect(viewOf({ format: 'table' }, measured)).toEqual(usual)
  })

  it('holds what is asked', () => {
    const asked = { format: 'svg', wide: true, measures: 'read', by: 'zone', chart: 'visibility' } as const
    const view = { wide: true, measures: ['read'], by: 'zone', chart: 'visibility', date: '1 May' }
    expect(viewOf(asked, measured, '1 May')).toEqual(view)
  })

  it('has no chart where none is drawn', () => {
    expect(() => viewOf({ format: 'html', chart: 'visibility' }, measured)).toThrow('--chart is for --format svg')
  })
})

/** Options that are mappings: what is filled in, how variants are labelled, lists and axes inside of them, and mistakes at their inner places. */
import { describe, expect, it } from 'vitest'
import { cellOf, cellsOf, refusalOf, specOf } from './specs.js'

const labelsOf = (strategy: string, ...settings: readonly string[]): readonly string[] =>
  specOf(`strategies: [{quorum: ${strategy}}]`, ...settings).variants.map(({ label }) => label)
const optionsOf = (strategy: string, ...settings: readonly string[]): unknown =>
  cellOf(`strategies: [{quorum: ${strategy}}]`, ...settings).strategy.options
const TWO = 'topology: {zones: {us: {nodes: 3}, eu: {nodes: 3}}, links: {us--eu: 35ms}}'
const DETECTED = 'detector: {}'

describe('an option that is a mapping', () => {
  it('has the defaults of what it does not say', () => {
    expect(optionsOf(`{${DETECTED}, hints: {window: 1h}}`)).toMatchObject({
      hints: { window: 3600e9, every: 10e9, throttle: 1_048_576 },
    })
  })

  it('may be of names that the user invents', () => {
    const { strategy } = cellOf(`${TWO}\nstrategies: [{quorum: {n: {us: 3, eu: 1}}}]`)
    expect(strategy.options).toMatchObject({ n: { us: 3, eu: 1 } })
  })

  it('is left out where it is none', () => {
    expect(optionsOf(`{${DETECTED}, hints: none, relay: none, anti-entropy: none}`)).toEqual(optionsOf(`{${DETECTED}}`))
    expect(optionsOf('{anti-entropy: {depth: none}}')).toEqual(optionsOf('{anti-entropy: {}}'))
  })

  it('keeps the word none where that is a value of its own', () => {
    expect(optionsOf('{repair: none}')).toMatchObject({ repair: 'none' })
    expect(optionsOf('{context: none}')).toMatchObject({ context: 'none' })
  })
})

describe('the label', () => {
  it.each([
    [`{${DETECTED}, hints: {window: 1h}}`, 'quorum detector={} hints={window: 1h}'],
    [`{${DETECTED}, hints: {window: 180m}}`, 'quorum detector={} hints={}'],
    [`{${DETECTED}, hints: {every: 1500ms, window: 90m}}`, 'quorum detector={} hints={window: 5400s, every: 1.5s}'],
    ['{timeouts: {read: 5s}}', 'quorum timeouts={read: 5s}'],
    ['{levels: {read: ONE, scan: 1}}', 'quorum levels={read: ONE, scan: 1}'],
    ['{anti-entropy: {fanout: 1024, depth: 2}}', 'quorum anti-entropy={depth: 2, fanout: 1024}'],
    ['{relay: true}', 'quorum relay=true'],
    ['{grace: 240h}', 'quorum grace=240h'],
  ])('of %s tells what differs from the defaults, as a person would write it', (options, label) => {
    expect(labelsOf(options)).toEqual([label])
  })

  it('tells copies by zone', () => {
    expect(specOf(`${TWO}\nstrategies: [{quorum: {n: {us: 3, eu: 3}}}]`).variants[0]?.label).toBe(
      'quorum n={us: 3, eu: 3}',
    )
  })

  it('is the same for what is the same, and that is refused', () => {
    expect(refusalOf(`strategies: [quorum: {timeouts: {read: 60s}}, quorum: {timeouts: {read: 1m}}]`)).toContain(
      'quorum timeouts={read: 60s} is listed twice',
    )
  })
})

describe('lists', () => {
  it('of mappings are variants, with none for without', () => {
    expect(labelsOf(`{${DETECTED}, hints: [{window: 1h}, {window: 3h}, none]}`)).toEqual([
      'quorum detector={} hints={window: 1h}',
      'quorum detector={} hints={window: 3h}',
      'quorum detector={} hints=none',
    ])
  })

  it('inside of mappings are variants, the last varying fastest', () => {
    expect(labelsOf('{timeouts: {read: [1s, 2s], write: [3s, 4s]}}')).toEqual([
      'quorum timeouts={read: 1s, write: 3s}',
      'quorum timeouts={read: 1s, write: 4s}',
      'quorum timeouts={read: 2s, write: 3s}',
      'quorum timeouts={read: 2s, write: 4s}',
    ])
    const text = `${TWO}\nstrategies: [{quorum: {n: {us: [2, 3], eu: 3}}}]`
    expect(specOf(text).variants.map(({ label }) => label)).toEqual([
      'quorum n={us: 2, eu: 3}',
      'quorum n={us: 3, eu: 3}',
    ])
  })

  it('inside of the entries of a list are too', () => {
    expect(labelsOf(`{${DETECTED}, hints: [none, {window: [1h, 2h]}]}`)).toEqual([
      'quorum detector={} hints=none',
      'quorum detector={} hints={window: 1h}',
      'quorum detector={} hints={window: 2h}',
    ])
  })

  it('of true and false are variants', () => {
    expect(labelsOf('{relay: [true, false]}')).toEqual(['quorum relay=true', 'quorum relay=false'])
  })

  it('are counted before they are made', () => {
    const many = `[${Array.from({ length: 400 }, (_, i) => `${i + 1}s`).join(', ')}]`
    expect(refusalOf(`strategies: [quorum: {timeouts: {read: ${many}, write: ${many}}}]`)).toContain(
      'These options make 160000 variants',
    )
  })
})

describe('axes and settings', () => {
  it('reach into mappings', () => {
    const cells = cellsOf(
      `seeds: 1\nstrategies: [{quorum: {${DETECTED}, hints: {every: 1s}}}]\naxes: {strategies.0.quorum.hints.window: [1h, 3h]}`,
    )
    expect(cells.map(({ id }) => id)).toEqual([
      'quorum_detector=_hints=_window_1h_every_1s/window=1h/1',
      'quorum_detector=_hints=_window_3h_every_1s/window=3h/1',
    ])
    expect(optionsOf(`{${DETECTED}, hints: {}}`, 'strategies.0.quorum.hints.window=2h')).toMatchObject({
      hints: { window: 7200e9 },
    })
  })

  it('make mappings that the file leaves out', () => {
    expect(optionsOf('{}', 'strategies.0.quorum.timeouts.read=2s')).toMatchObject({ timeouts: { read: 2e9 } })
  })

  it('may have mappings for values, and none', () => {
    const text = `seeds: 1\nstrategies: [{quorum: {${DETECTED}}}]\naxes: {strategies.0.quorum.hints: [none, {window: 1h}]}`
    expect(cellsOf(text).map(({ label }) => label)).toEqual([
      'quorum detector={} hints=none',
      'quorum detector={} hints={window: 1h}',
    ])
  })
})

describe('a mistake inside of a mapping', () => {
  it.each([
    [
      'a misspelt name',
      '{hints: {windw: 3h}}',
      '1:32',
      'hints has no option windw (did you mean window?); its options are window,',
    ],
    ['a misspelt operation', '{levels: {reed: 1}}', '1:33', 'levels has no option reed (did you mean read?)'],
    ['a duration without a unit', '{hints: {window: 3}}', '1:40', 'hints.window is a duration with a unit'],
    ['a misspelt level', '{levels: {read: QUORM}}', '1:39', 'LOCAL_SERIAL (did you mean QUORUM?), not "QUORM".'],
    [
      'too little',
      '{anti-entropy: {fanout: 1}}',
      '1:47',
      'anti-entropy.fanout is a whole number from 2 to 1024, not 1.',
    ],
    ['text for copies', '{n: {local: three}}', '1:35', 'n.local is a whole number of at least 0, not "three".'],
    ['less than no copies', '{n: {local: -1}}', '1:35', 'n.local is a whole number of at least 0, not -1.'],
    ['a word for a mapping', '{hints: yes}', '1:31', 'hints is a mapping of window, throttle'],
    ['a number for a mapping', '{levels: 3}', '1:32', 'levels is a mapping of read, update'],
    [
      'a misspelt name in one of two forms',
      '{merge: {modul: x.js}}',
      '1:32',
      'merge has no option modul (did you mean module?)',
    ],
    ['a name that is missing', '{merge: {}}', '1:31', 'merge needs module, which is text.'],
    ['a misspelt word in one of two forms', '{merge: onion}', '1:31', 'union'],
    ['an empty list', '{timeouts: {read: []}}', '1:41', 'timeouts.read lists no value.'],
    ['a mapping in the place of a number', '{r: {us: 1}}', '1:27', 'not a mapping.'],
    ['none for what is always there', '{vnodes: none}', '1:32', 'vnodes is a whole number from 1 to 1024, not "none".'],
  ])('%s is refused at its place', (_, options, place, words) => {
    const refusal = refusalOf(`strategies: [{quorum: ${options}}]`)
    expect(refusal).toContain(words)
    expect(refusal.slice(0, `test.yaml:${place}: `.length)).toBe(`test.yaml:${place}: `)
  })

  it('is told at the value of an axis that brings it', () => {
    const text = 'strategies: [quorum]\naxes: {strategies.0.quorum.timeouts.read: [1s, 2]}'
    expect(refusalOf(text)).toContain('test.yaml:2:48: timeouts.read is a duration')
  })
})

/** Mistakes in workload files: each is refused at its place, with what is allowed. */
import { describe, expect, it } from 'vitest'
import { cellsOf } from '../runner/cells.js'

const S = 'strategies: [lww]'
const MALFORMED: readonly (readonly [string, string, RegExp])[] = [
  ['an unknown key', `duratoin: 5s\n${S}`, /^test\.yaml:1:1: .*did you mean duration/],
  ['a misspelt strategy', 'strategies: [quorom]', /:1:14: there is no strategy quorom \(did you mean quorum\?\)/],
  ['R > N', 'strategies: [{quorum: {r: 4}}]', /:1:24: r: 4 exceeds n: 3/],
  ['N > nodes', 'strategies: [{quorum: {n: 5}}]', /n: 5 exceeds the 3 nodes/],
  ['a missing unit', `duration: 5\n${S}`, /:1:11: duration is a duration with a unit/],
  ['an unclosed law', `node: { read: "exponential(1ms" }\n${S}`, /:1:15: /],
  [
    'an unknown zone in a fault',
    `${S}\nfaults: [{partition: {isolate: mars, at: 1s, for: 1s}}]`,
    /there is no zone mars/,
  ],
  [
    'an unknown zone in a link',
    `topology: {zones: {a: {}, b: {}}, links: {a--c: 1ms, a--b: 1ms}}\n${S}`,
    /there is no zone c/,
  ],
  ['a missing link', `topology: {zones: {a: {}, b: {}}}\n${S}`, /links lacks a--b/],
  ['a duplicate key', `duration: 5s\nduration: 6s\n${S}`, /:2:1: /],
  ['an empty file', '', /strategies lists at least one of/],
  ['a mix over 100%', `workload: {operations: {read: 60%, update: 50%}}\n${S}`, /sum to 110%, not to 100%/],
  ['clients that are not 100%', `topology: {zones: {a: {clients: 50%}}}\n${S}`, /sum to 50%/],
  ['a list where a mapping belongs', `workload: [1]\n${S}`, /:1:11: workload is a mapping/],
  ['an unknown option', 'strategies: [{lww: {copis: 2}}]', /did you mean copies/],
  ['unknown arrivals', `workload: {arrivals: often}\n${S}`, /arrivals is poisson/],
  ['unknown keys', `workload: {keys: zipf}\n${S}`, /keys is uniform, zipfian, fresh/],
  ['broken YAML', 'a: [1', /^test\.yaml:1:\d+: /],
]

describe('a malformed workload file', () => {
  it.each(MALFORMED)('%s is refused at its place', (_, text, message) => {
    expect(() => cellsOf(text)).toThrow(message)
  })

  it('all mistakes of a file come at once', () => {
    expect(() => cellsOf('duration: 5\nseeds: 0\nstrategies: [quorom]')).toThrow(
      /:1:11:(.|\n)*:2:8:|:2:8:(.|\n)*:1:11:/,
    )
  })
})

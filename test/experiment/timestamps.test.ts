/** Recordings of arrivals: what counts as a timestamp, and which line is wrong where one is not. */
import { describe, expect, it } from 'vitest'
import { readGaps } from '../../src/experiment/file/timestamps.js'

const gapsOf = (...lines: readonly string[]): readonly number[] => readGaps(lines.join('\n'), 'a.csv')

describe('timestamps', () => {
  it.each([
    ['seconds', ['0', '1.5', '2'], [1.5e9, 0.5e9]],
    ['seconds since 1970, to the nanosecond', ['1700000000.123456788', '1700000000.123456789'], [1]],
    ['seconds before whenever', ['-1.5', '-1', '.25'], [0.5e9, 1.25e9]],
    ['numbers as programs print them', ['1e-05', '2.5E-5', '1e1'], [15_000, 9_999_975_000]],
    ['nanoseconds since 1970', ['1700000000123456788ns', '1700000000123456789ns'], [1]],
    ['other units', ['1us', '2 µs', '1ms', '0.5s', '1m', '1h'], [1000, 998_000, 499e6, 59.5e9, 3540e9]],
    ['ISO 8601', ['2026-02-28T23:59:59.5Z', '2026-03-01 00:00:00', '2026-03-01T01:00:01+01:00'], [0.5e9, 1e9]],
    ['ISO 8601 without seconds', ['2026-02-28T23:59Z', '2026-02-28T19:00-0500'], [60e9]],
    ['the first column of a table', ['at,user', '"1", 9', '2;8', '3\t7'], [1e9, 1e9]],
    ['lines that end as on Windows', ['1\r', '2\r'], [1e9]],
    ['what remarks and blank lines leave', ['\uFEFF# recorded', '', '1', ' # more', '1'], [0]],
    ['one alone', ['7'], []],
  ])('may be %s', (_, lines, gaps) => {
    expect(gapsOf(...lines)).toEqual(gaps)
  })

  it.each([
    ['nothing', [], 'a.csv holds no timestamps'],
    ['a heading alone', ['at,user'], 'a.csv holds no timestamps'],
    ['a word', ['1', 'soon'], 'a.csv:2: "soon" is no timestamp; write seconds,'],
    ['two headings', ['at', 'since', '1', 'x'], 'a.csv:4: "x" is no timestamp'],
    ['an unknown unit', ['1d'], 'a.csv:1: "1d" is no timestamp'],
    ['a unit of the prototype', ['1constructor'], 'is no timestamp'],
    ['a day that is none', ['2026-02-31T00:00:00Z'], 'is no timestamp'],
    ['a day in words', ['1 May 2026'], 'is no timestamp'],
    ['disorder', ['# sorted?', '2', '1'], 'a.csv:3: 1 is earlier than the timestamp before it; sort the file'],
    ['two clocks', ['1', '2026-01-01T00:00:00Z'], 'a.csv:2: 2026-01-01T00:00:00Z is more than 300h after'],
    ['too many', Array.from({ length: 100_001 }, (_, i) => String(i)), 'a.csv:100001: there are more than 100000'],
  ])('are not %s', (_, lines, words) => {
    expect(() => gapsOf(...lines)).toThrow(words)
  })

  it('may be as many as 100,000', () => {
    expect(gapsOf(...Array.from({ length: 100_000 }, (_, i) => String(i))).length).toBe(99_999)
  })
})

/** What properties stand for: the six core workloads, and what YCSB works out of several properties. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LEAST, meaningOf } from './sheets.js'

const shipped = (letter: string): ReturnType<typeof meaningOf> =>
  meaningOf(readFileSync(`workloads/ycsb/workload${letter}`, 'utf8'))

const workloadOf = (...lines: readonly string[]) => meaningOf(LEAST + lines.join('\n')).workload

describe('the core workloads', () => {
  it.each([
    ['a', { read: '50%', update: '50%' }, 'ycsb-zipfian(0)'],
    ['b', { read: '95%', update: '5%' }, 'ycsb-zipfian(0)'],
    ['c', { read: '100%' }, 'ycsb-zipfian(0)'],
    ['d', { read: '95%', insert: '5%' }, 'latest'],
    ['e', { insert: '5%', scan: '95%' }, 'ycsb-zipfian(100)'],
    ['f', { read: '50%', 'read-modify-write': '50%' }, 'ycsb-zipfian(0)'],
  ])('workload %s', (letter, operations, keys) => {
    const { workload, beside, notes } = shipped(letter)
    expect(workload).toEqual({
      records: 1000,
      operations,
      keys,
      fields: { count: 10, read: 'all', write: 'one' },
      values: '100B',
      ...(letter === 'e' ? { 'scan-length': 'zipfian(1 100 0)' } : {}),
      arrivals: 'closed(1)',
      count: 1000,
    })
    expect(beside).toEqual({ about: 'YCSB core workload of w', warmup: '0s', duration: '300h' })
    expect(notes).toEqual([])
  })
})

describe('the mix', () => {
  it('has the defaults of YCSB for what is left out, and says so', () => {
    const { workload, notes } = meaningOf(`${LEAST}workload=core\nreadproportion=0.95\nscanproportion=0`)
    expect(workload['operations']).toEqual({ read: '95%', update: '5%' })
    expect(notes).toEqual(["the proportion of update is left out, so YCSB's default counts, which is 0.05"])
  })

  it('takes proportions for weights, and says so', () => {
    const { workload, notes } = meaningOf(`${LEAST}workload=core\nreadproportion=2\nupdateproportion=1.0d`)
    expect(workload['operations']).toEqual({ read: '66.6666666667%', update: '33.3333333333%' })
    expect(notes).toEqual(['the proportions are weights, and their sum is 3'])
  })
})

describe('the records', () => {
  const part = (distribution: string, start: number, count?: number) =>
    workloadOf(
      `requestdistribution=${distribution}`,
      `insertstart=${start}`,
      ...(count === undefined ? [] : [`insertcount=${count}`]),
    )['records']

  it.each(['uniform', 'hotspot', 'sequential'])('are a part of all under %s', (distribution) => {
    expect(part(distribution, 200)).toBe(800)
    expect(part(distribution, 200, 300)).toBe(300)
    expect(part(distribution, 0, 1000)).toBe(1000)
  })

  it('are the last part under zipfian', () => {
    expect(part('zipfian', 200)).toBe(800)
    expect(part('zipfian', 200, 800)).toBe(800)
  })

  it.each(['latest', 'exponential'])('are all of them under %s, which counts back from the newest', (distribution) => {
    expect(part(distribution, 200, 300)).toBe(1000)
  })

  it('need no count where the workload file has its own', () => {
    expect(meaningOf('operationcount=1', { records: 5 }).workload['records']).toBe(1)
  })
})

describe('the keys', () => {
  it.each([
    ['', { law: 'uniform', among: 'loaded' }],
    ['requestdistribution=uniform', { law: 'uniform', among: 'loaded' }],
    ['requestdistribution=sequential', { law: 'sequential', among: 'loaded' }],
    ['requestdistribution=latest', 'latest'],
    ['requestdistribution=hotspot', { law: 'hotspot(20% 80%)', among: 'loaded' }],
    [
      'requestdistribution=hotspot\nhotspotdatafraction=.05\nhotspotopnfraction=1',
      { law: 'hotspot(5% 100%)', among: 'loaded' },
    ],
    ['requestdistribution=exponential', 'exponential(95% 85.71428571%)'],
    ['requestdistribution=exponential\nexponential.percentile=99.9', 'exponential(99.9% 85.71428571%)'],
    ['requestdistribution=zipfian\ninsertproportion=0.0513', 'ycsb-zipfian(51)'],
    ['requestdistribution=zipfian\noperationcount=0\nmaxexecutiontime=5', 'ycsb-zipfian(0)'],
  ])('%j', (lines, keys) => {
    expect(workloadOf(lines)['keys']).toEqual(keys)
  })
})

describe('lengths', () => {
  it.each([
    ['fieldlength=1000', 'values', '1000B'],
    ['fieldlengthdistribution=uniform', 'values', 'zipfian(1B 100B 0)'],
    ['fieldlengthdistribution=zipfian\nminfieldlength=10', 'values', 'zipfian(10B 100B)'],
    ['fieldlengthdistribution=uniform\nminfieldlength=100', 'values', '100B'],
    ['fieldlengthdistribution=histogram', 'values', 'histogram(../properties/hist.txt)'],
    ['scanproportion=1', 'scan-length', 'zipfian(1 1000 0)'],
    [
      'scanproportion=1\nminscanlength=2\nmaxscanlength=9\nscanlengthdistribution=zipfian',
      'scan-length',
      'zipfian(2 9)',
    ],
    ['scanproportion=1\nmaxscanlength=1', 'scan-length', '1'],
  ])('%j', (lines, key, law) => {
    expect(workloadOf(lines)[key]).toBe(law)
  })

  it('of scans count also where the workload file has a mix of its own', () => {
    expect(meaningOf(LEAST, { operations: 'other' }).workload['scan-length']).toBe('zipfian(1 1000 0)')
  })
})

describe('the load', () => {
  it('is closed, and paced where there is a target', () => {
    expect(workloadOf('threadcount=16')['arrivals']).toBe('closed(16)')
    expect(workloadOf('threadcount=16', 'target=2000')['arrivals']).toBe('closed(16 at 2000/s)')
  })

  it('has no more sessions than operations, each at the pace that it would have had', () => {
    const { workload, notes } = meaningOf('recordcount=10\noperationcount=3\nthreadcount=8\ntarget=16')
    expect(workload['arrivals']).toBe('closed(3 at 6/s)')
    expect(notes.at(-1)).toBe('as in YCSB, there are no more threads than operations: 3')
  })

  it('ends after so many operations or so long, whichever comes first', () => {
    const both = meaningOf(`${LEAST}maxexecutiontime=60`)
    expect([both.workload['count'], both.beside['duration']]).toEqual([500, '60s'])
    const timed = meaningOf('recordcount=10\nmaxexecutiontime=60')
    expect([timed.workload['count'], timed.beside['duration']]).toEqual([undefined, '60s'])
    expect(meaningOf('recordcount=10', { duration: '5s' }).workload['count']).toBeUndefined()
  })

  it('warms up as long as go-ycsb is told to', () => {
    expect(meaningOf(`${LEAST}warmuptime=30`).beside['warmup']).toBe('30s')
  })

  it('is about what its label says', () => {
    expect(meaningOf(`${LEAST}label=A shop`).beside['about']).toBe('A shop')
  })
})

describe('flags', () => {
  it.each([
    ['readallfields=FALSE', 'one', 'one'],
    ['writeallfields=True', 'all', 'all'],
  ])('%s', (line, read, write) => {
    const fields = workloadOf(line)['fields'] as Record<string, unknown>
    expect([fields['read'], fields['write']]).toEqual(line.startsWith('read') ? [read, 'one'] : ['all', write])
  })
})

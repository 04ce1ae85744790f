/** What was set, in words and with units. */
import { expect, test } from 'vitest'
import { partsOf, pointsIn, settingsOf } from '../../../src/reports/html/settings.js'

const LAN = 'lognormal(0.25ms 0.3)'
const WAN = '10ms + exponential(1ms)'

function link(delay: string, more: object = {}): object {
  const legs = { write: delay, writeAck: delay, read: delay, readReply: delay }
  return { ...legs, loss: 0, bandwidth: null, transport: 'tcp', ...more }
}

function settingsIn(title: string, point: object): readonly (readonly [string, string])[] {
  const [read] = pointsIn({ points: [point] })
  return partsOf(read as NonNullable<typeof read>).find((part) => part.title === title)?.settings ?? []
}

test('quantities have their units again, in the words of a workload file', () => {
  expect(settingsOf({ timeout: 1_000_000_000, markDown: 5_000_000_000, failOver: false, jitter: 0.5 })).toEqual([
    ['timeout', '1s'],
    ['mark-down', '5s'],
    ['fail-over', 'false'],
    ['jitter', '50%'],
  ])
  expect(settingsOf({ readBack: { share: 0.1, after: [0, 1_000_000, 2_500_000] }, count: null })).toEqual([
    ['read-back.share', '10%'],
    ['read-back.after', '0ns, 1ms, 2.5ms'],
    ['count', 'none'],
  ])
  expect(settingsOf({ operations: { read: 0.95, update: 0.05 }, records: 1000 })).toEqual([
    ['operations.read', '95%'],
    ['operations.update', '5%'],
    ['records', '1000'],
  ])
})

test('a plug-in is one setting with its options, whatever stands beside them', () => {
  expect(settingsOf({ keys: { name: 'zipfian', options: { theta: 0.99 }, locality: 0.8 } })).toEqual([
    ['keys', 'zipfian(theta 0.99)'],
    ['keys.locality', '80%'],
  ])
  expect(settingsOf([{ name: 'partition', options: { isolate: 'us', at: 20_000_000_000, for: '6s' } }])).toEqual([
    ['1', 'partition(isolate us, at 20s, for 6s)'],
  ])
  expect(settingsOf({ process: { name: 'poisson', options: { rate: 1250 } } })).toEqual([
    ['process', 'poisson(rate 1250/s)'],
  ])
})

test('what all zones share is told once, and what they do not for each', () => {
  const node = { concurrency: 4, disk: { fsync: null } }
  const zones = [
    { name: 'us', nodes: 3, clients: 0.5, node },
    { name: 'eu', nodes: 2, clients: 0.5, node },
  ]
  const own = [
    ['us.nodes', '3'],
    ['us.clients', '50%'],
    ['eu.nodes', '2'],
    ['eu.clients', '50%'],
  ]
  expect(settingsIn('Zones', { zones })).toEqual([...own, ['node.concurrency', '4'], ['node.disk.fsync', 'none']])
  const slower = [zones[0], { ...zones[1], node: { ...node, concurrency: 2 } }]
  expect(settingsIn('Zones', { zones: slower })).toEqual([
    ...own,
    ['us.concurrency', '4'],
    ['us.disk.fsync', 'none'],
    ['eu.concurrency', '2'],
    ['eu.disk.fsync', 'none'],
  ])
})

test('a link that is the same there and back is told once, one that is not for each way', () => {
  const zones = [{ name: 'us' }, { name: 'eu' }]
  const near = [`in us`, `${LAN}, tcp`]
  expect(
    settingsIn('Links, one way', {
      zones,
      links: [
        [link(LAN), link(WAN)],
        [link(WAN), link(LAN)],
      ],
    }),
  ).toEqual([near, ['us and eu', `${WAN}, tcp`], ['in eu', `${LAN}, tcp`]])
  const lossy = link(WAN, { loss: 0.01, bandwidth: 125_000, readReply: '1ms', transport: 'datagram' })
  expect(
    settingsIn('Links, one way', {
      zones,
      links: [
        [link(LAN), link(WAN)],
        [lossy, link(LAN)],
      ],
    }),
  ).toEqual([
    near,
    ['us to eu', `${WAN}, tcp`],
    ['eu to us', `write ${WAN}, write-ack ${WAN}, read ${WAN}, read-reply 1ms, loss 1%, bandwidth 125000B/s, datagram`],
    ['in eu', `${LAN}, tcp`],
  ])
})

test('what has another shape is told as it is, on one line', () => {
  expect(settingsIn('Zones', { zones: 'no\nzones' })).toEqual([['value', 'no�zones']])
  expect(settingsIn('Links, one way', { zones: 7, links: { a: [{ b: '\u202Ec' }] } })).toEqual([['a.1.b', '�c']])
  expect(pointsIn('nothing')).toEqual([])
})

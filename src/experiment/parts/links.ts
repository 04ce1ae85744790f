/**
 * `topology.links`: `local` inside every zone, `a--b` both ways, `a->b` one way, which goes before both ways. A link is a law, the same for
 * all its legs, or a mapping that gives legs laws of their own; what the mapping leaves out is as in the preset or in the link both ways. Every
 * pair of zones needs its links: no delay is made up.
 */
import type { CellLink } from '../cell.js'
import type { Section } from '../file/section.js'
import { listed, suggestion } from '../file/section.js'
import type { NamedLayout } from './topology-preset.js'

const LOCAL_LAW = 'lognormal(0.25ms 0.3)'
const TRANSPORTS = ['tcp', 'datagram'] as const
type Transport = CellLink['transport']

interface Direction {
  readonly from: number
  readonly to: number
}

interface Way {
  readonly key: string
  readonly directions: readonly Direction[]
}

/** The link from zone i to zone j at `[i][j]`. */
export function readLinks(
  topology: Section,
  names: readonly string[],
  preset?: NamedLayout,
): readonly (readonly CellLink[])[] {
  const transport = topology.choice('transport', TRANSPORTS, 'tcp')
  const section = topology.section('links')
  const local = linkOf(LOCAL_LAW, 0, transport)
  const links: (CellLink | undefined)[][] =
    preset?.links.map((row) => row.map(({ delay, loss }) => linkOf(delay, loss, transport))) ??
    names.map((_, from) => names.map((__, to) => (from === to ? local : undefined)))
  const override = (key: string, { from, to }: Direction): void => {
    const row = links[from] as (CellLink | undefined)[]
    row[to] = readLink(section, key, transport, row[to])
  }
  if (section.has('local')) for (const zone of names.keys()) override('local', { from: zone, to: zone })
  const given = section.keys.filter((key) => key !== 'local')
  const ways = given.map((key) => ({ key, directions: directionsOf(section, key, names) }))
  refuseRepeated(section, ways)
  const bothWaysFirst = ways.toSorted((a, b) => b.directions.length - a.directions.length)
  for (const { key, directions } of bothWaysFirst) for (const direction of directions) override(key, direction)
  complainOfMissing(topology, names, (from, to) => links[from]?.[to] !== undefined)
  return links.map((row) => row.map((link) => link ?? local))
}

/** `a--b` and `b--a` are one link. */
function refuseRepeated(section: Section, ways: readonly Way[]): void {
  const seen = new Set<string>()
  for (const { key, directions } of ways) {
    const pair = directions.map(({ from, to }) => `${from} ${to}`)
    const name = pair.sort().join()
    if (pair.length > 0 && seen.has(name)) section.complainOfKey(key, `${key} is the same link as an earlier one`)
    seen.add(name)
  }
}

function complainOfMissing(topology: Section, names: readonly string[], has: (from: number, to: number) => boolean) {
  for (let a = 0; a < names.length; a++) {
    for (let b = a + 1; b < names.length; b++) {
      if (has(a, b) && has(b, a)) continue
      const lacking = has(a, b) ? `${names[b]}->${names[a]}` : has(b, a) ? `${names[a]}->${names[b]}` : undefined
      const link = lacking ?? `${names[a]}--${names[b]}`
      topology.complain('links', `links lacks ${link}: every two zones need a link, such as ${link}: 10ms`)
    }
  }
}

/** Two for `a--b`, one for `a->b`, none for what is no link. */
function directionsOf(section: Section, key: string, names: readonly string[]): readonly Direction[] {
  const match = /^(.+?)(--|->)(.+)$/.exec(key)
  const [, left = key, arrow = '', right = left] = match ?? []
  const from = names.indexOf(left)
  const to = names.indexOf(right)
  if (arrow !== '' && from >= 0 && to >= 0 && from !== to) {
    return arrow === '--'
      ? [
          { from, to },
          { from: to, to: from },
        ]
      : [{ from, to }]
  }
  const unknown = match === null ? undefined : [left, right].find((name) => !names.includes(name))
  const why = unknown === undefined ? '' : `: there is no zone ${unknown}${suggestion(unknown, names)}`
  const zones = names.length === 1 ? `the only zone is ${names[0]}` : `of the zones ${names.join(', ')}`
  section.complainOfKey(key, `${key} is no link${why}; links are local, a--b (both ways) or a->b, ${zones}`)
  return []
}

function linkOf(law: string, loss: number, transport: Transport): CellLink {
  return { write: law, writeAck: law, read: law, readReply: law, loss, bandwidth: null, transport }
}

/** What the link leaves out is as in `initial`; without one it needs its delay. */
function readLink(links: Section, key: string, transport: Transport, initial?: CellLink): CellLink {
  const before = initial ?? linkOf(LOCAL_LAW, 0, transport)
  if (links.value(key)?.kind !== 'mapping') {
    const { loss, bandwidth, transport: own } = before
    return { ...linkOf(links.law(key, 'time', LOCAL_LAW), loss, own), bandwidth }
  }
  const link = links.section(key, `The link ${key}`)
  if (initial === undefined) requireLaws(link)
  const delay = link.has('delay') ? link.law('delay', 'time', LOCAL_LAW) : undefined
  const read: CellLink = {
    write: link.law('write', 'time', delay ?? before.write),
    writeAck: link.law('writeAck', 'time', delay ?? before.writeAck),
    read: link.law('read', 'time', delay ?? before.read),
    readReply: link.law('readReply', 'time', delay ?? before.readReply),
    loss: link.percent('loss', before.loss),
    bandwidth: link.has('bandwidth') ? link.bandwidth('bandwidth') : before.bandwidth,
    transport: link.choice('transport', TRANSPORTS, before.transport),
  }
  link.end()
  return read
}

function requireLaws(link: Section): void {
  if (link.has('delay')) return
  const lacking = ['write', 'writeAck', 'read', 'readReply'].filter((leg) => !link.has(leg))
  if (lacking.length === 0) return
  const sentence = `${link.name} needs its delay, a law such as 10ms, or laws for its legs ${listed(lacking).replace(' or ', ' and ')}`
  link.complain('delay', sentence)
}

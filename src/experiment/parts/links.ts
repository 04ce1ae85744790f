/**
 * `topology.links`: `local` inside every zone, `a--b` both ways, `a->b` one way, which goes before both ways. A link is a law, the same for
 * all its legs, or a mapping that gives legs laws of their own. Every pair of zones needs its links: no delay is made up.
 */
import type { CellLink } from '../cell.js'
import type { Section } from '../file/section.js'
import { listed, suggestion } from '../file/section.js'

const LOCAL_LAW = 'lognormal(0.25ms 0.3)'
const TRANSPORTS = ['tcp', 'datagram'] as const
type Transport = CellLink['transport']

interface Direction {
  readonly from: number
  readonly to: number
}

/** The link from zone i to zone j at `[i][j]`. */
export function readLinks(topology: Section, names: readonly string[]): readonly (readonly CellLink[])[] {
  const transport = topology.choice('transport', TRANSPORTS, 'tcp')
  const section = topology.section('links')
  const local = readLink(section, 'local', transport)
  const bothWays = new Map<string, CellLink>()
  const oneWay = new Map<string, CellLink>()
  for (const key of section.keys) {
    if (key === 'local') continue
    const link = readLink(section, key, transport)
    const directions = directionsOf(section, key, names)
    const links = directions.length === 1 ? oneWay : bothWays
    for (const { from, to } of directions) {
      const name = `${from} ${to}`
      if (links.has(name) && from < to) section.complainOfKey(key, `${key} is the same link as an earlier one`)
      links.set(name, link)
    }
  }
  const linkOf = (from: number, to: number): CellLink | undefined =>
    from === to ? local : (oneWay.get(`${from} ${to}`) ?? bothWays.get(`${from} ${to}`))
  complainOfMissing(topology, names, (from, to) => linkOf(from, to) !== undefined)
  return names.map((_, from) => names.map((__, to) => linkOf(from, to) ?? local))
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

function readLink(links: Section, key: string, transport: Transport): CellLink {
  if (links.value(key)?.kind !== 'mapping') {
    const law = links.law(key, 'time', LOCAL_LAW)
    return { write: law, writeAck: law, read: law, readReply: law, loss: 0, bandwidth: null, transport }
  }
  const link = links.section(key, `The link ${key}`)
  requireLaws(link, key)
  const delay = link.law('delay', 'time', LOCAL_LAW)
  const read: CellLink = {
    write: link.law('write', 'time', delay),
    writeAck: link.law('writeAck', 'time', delay),
    read: link.law('read', 'time', delay),
    readReply: link.law('readReply', 'time', delay),
    loss: link.percent('loss', 0),
    bandwidth: link.bandwidth('bandwidth'),
    transport: link.choice('transport', TRANSPORTS, transport),
  }
  link.end()
  return read
}

/** Only the links inside zones have a default. */
function requireLaws(link: Section, key: string): void {
  if (key === 'local' || link.has('delay')) return
  const lacking = ['write', 'writeAck', 'read', 'readReply'].filter((leg) => !link.has(leg))
  if (lacking.length === 0) return
  const sentence = `${link.name} needs its delay, a law such as 10ms, or laws for its legs ${listed(lacking).replace(' or ', ' and ')}`
  link.complain('delay', sentence)
}

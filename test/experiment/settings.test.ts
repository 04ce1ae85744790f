/** `--set path=value`: what it puts where, and how it is refused. */
import { describe, expect, it } from 'vitest'
import { cellOf, cellsOf, refusalOf, specOf } from './specs.js'

const FILE = `
seeds: 1
topology: { zones: { us: { nodes: 3 }, eu: { nodes: 2 } }, links: { us--eu: 10ms } }
workload: { records: 100, read-back: { after: [0ms, 5ms] } }
strategies: [quorum, { single-leader: { reads: any } }]
faults: [{ partition: { isolate: us, at: 1s, for: 1s } }]
`

describe('a setting', () => {
  it('replaces what the file says', () => {
    expect(cellOf(FILE, 'workload.records=7').workload.records).toBe(7)
    expect(cellOf(FILE, 'topology.zones.eu.nodes=4').zones[1]?.nodes).toBe(4)
    expect(cellOf(FILE, 'faults.0.partition.isolate=eu').faults[0]?.options).toMatchObject({ isolate: 'eu' })
    expect(cellOf(FILE, 'workload.read-back.after.1=9ms').workload.readBack?.after).toEqual([0, 9_000_000])
    expect(specOf(FILE, 'seeds=[4, 2]').seeds).toEqual([4, 2])
    expect(specOf(FILE, 'name=other').name).toBe('other')
  })

  it('adds what the file leaves out', () => {
    expect(cellOf(FILE, 'client.timeout=3s').client.timeout).toBe(3e9)
    expect(cellOf(FILE, 'client.mark-down=0s').client.markDown).toBe(0)
    expect(cellOf(FILE, 'client.fail-over=true').client.failOver).toBe(true)
    expect(cellOf(FILE, 'topology.zones.eu.node.clock.drift=20ppm').zones[1]?.node.clock.driftPpm).toBe(20)
    expect(cellsOf(FILE, 'faults=').every((cell) => cell.faults.length === 0)).toBe(true)
  })

  it('is read as YAML, whole mappings and lists too', () => {
    const { operations } = cellOf(FILE, 'workload.operations={read: 90%, update: 10%}').workload
    expect(operations).toEqual({ read: 0.9, update: 0.1 })
    expect(cellsOf(FILE, 'strategies=[lww, crdt, unreplicated]').map((cell) => cell.label)).toHaveLength(3)
    expect(cellOf(FILE, 'node.read=uniform(1ms, 2ms)').zones[0]?.node.read).toBe('uniform(1ms, 2ms)')
  })

  it('spells out short forms: a strategy without options, a link that is a law', () => {
    expect(cellOf(FILE, 'strategies.0.quorum.r=[1, 2]').label).toBe('quorum r=1')
    const link = cellOf(FILE, 'topology.links.us--eu.bandwidth=8Mb/s').links[0]?.[1]
    expect(link).toMatchObject({ write: '10ms', readReply: '10ms', bandwidth: 1_000_000 })
  })

  it('goes before an earlier one, and after one for the whole of which it is a part', () => {
    expect(cellOf(FILE, 'workload.records=7', 'workload.records=8').workload.records).toBe(8)
    const { workload } = cellOf(FILE, 'workload={keys: uniform}', 'workload.records=9')
    expect(workload).toMatchObject({ records: 9, keys: { name: 'uniform' }, readBack: null })
  })

  it('may make an axis', () => {
    const ids = cellsOf(FILE, 'axes.workload.records=[10, 20]', 'strategies=[lww]').map((cell) => cell.id)
    expect(ids).toEqual(['lww/records=10/1', 'lww/records=20/1'])
  })
})

describe('a wrong setting', () => {
  it.each([
    ['workload.records=x', 'records is a whole number from 1 to 20000000, not "x".'],
    ['workload.records=', 'not empty.'],
    ['workload.recrods=5', 'workload has no key recrods (did you mean records?)'],
    ['worklaod.records=5', 'A workload file has no key worklaod (did you mean workload?)'],
    ['workload.records', 'A setting is path=value, such as workload.records=1000.'],
    ['=5', 'A setting is path=value'],
    ['workload..records=5', 'A path is keys joined by dots'],
    ['workload.records.x=5', 'workload.records is 100 and has no part x.'],
    ['workload.arrivals=closed(4 think 5)', '5 needs a unit'],
    ['workload.operations={read: 60%}', 'The operations sum to 60%, not to 100%.'],
    ['workload.operations={read: 60%', 'Flow map must end with a }'],
    ['strategies.2=lww', 'strategies is a list with the entries 0 to 1, and has no 2.'],
    ['strategies.0.quorom.r=1', 'strategies.0 is quorum, not quorom (did you mean quorum?)'],
    ['strategies.1.quorum.r=1', 'strategies.1 is single-leader, not quorum.'],
    ['strategies.0.quorum.r=4', 'r: 4 exceeds n: 3.'],
    ['strategies.0.quorum.s=4', 'quorum has no option s'],
    ['topology.zones.us.nodes=0x', 'nodes is a whole number'],
    ['client.fail-over=1', 'fail-over is true or false, not 1.'],
  ])('%s is named in the complaint', (setting, words) => {
    const [line = ''] = refusalOf(FILE, setting).split('\n')
    expect(line.startsWith(`--set ${setting}: `)).toBe(true)
    expect(line).toContain(words)
  })

  it('is told beside the mistakes of the file, after them', () => {
    const lines = refusalOf('strategies: [quorom]', 'seeds=x', 'warmup=5').split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['test.yaml:1:14:', '', '', '--set', '--set'].map(String))
    expect(lines.at(-2)).toMatch(/^--set seeds=x: /)
    expect(lines.at(-1)).toMatch(/^--set warmup=5: .*such as 5s/)
  })

  it('that an axis would hide is refused, with advice', () => {
    const text = `axes: { workload.operations: [ { read: 100% }, { update: 100% } ] }\n${FILE}`
    const refusal = refusalOf(text, 'workload.operations.read=50%')
    expect(refusal).toContain('The axis workload.operations would replace this value')
    expect(cellsOf(text, 'axes.workload.operations=[{read: 50%, update: 50%}]')).toHaveLength(2)
  })
})

/** `quorate predict` as users meet it: where the delays come from, what is printed, and what is refused. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, here, shell, TINY } from './program.js'

const DISK = ['--write', 'lnkd-disk', '--ack', 'lnkd-ssd', '--read', 'lnkd-ssd', '--reply', 'lnkd-ssd']
const FREE = ['--write', '0ms', '--ack', '0ms', '--read', '0ms', '--reply', '0ms']

const folder = folderWith({
  'tiny.yaml': TINY,
  'none.yaml': TINY.replace('{ quorum: { r: [1, 2] } }', 'unreplicated'),
  'sizes.yaml': TINY.replace('{ quorum: { r: [1, 2] } }', '{ quorum: { n: 2, r: 1, w: 1 } }, { quorum: { n: 3 } }'),
  'systems.yaml': `
topology: { zones: { a: { nodes: 2 }, b: { nodes: 2 } }, links: { a--b: 10ms } }
workload: { records: 10, arrivals: poisson(1/s) }
strategies:
  - { quorum: { n: { a: 2, b: 1 }, r: QUORUM, w: 1, contact: quorum } }
  - { quorum: { n: 3, r: LOCAL_ONE, w: 1 } }
  - { quorum: { n: 3, r: 1, w: 1 } }
  - lww
`,
  'delays.txt': '1ms\n3ms\n',
  'two.yaml': `
topology: { zones: { a: { nodes: 1, clients: 75% }, b: { nodes: 1, clients: 25% } }, links: { local: 0ms, a->b: 10ms, b->a: 4ms } }
workload: { records: 10, arrivals: poisson(1/s) }
strategies: [{ quorum: { n: 2, r: 1, w: [1, 2] } }]
`,
})

async function predicted(...args: readonly string[]) {
  const { code, stdout, stderr } = await here(folder, 'predict', '--format', 'json', ...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('predict', () => {
  it('tells all nine quorums of three replicas, as text and as data of one shape', async () => {
    const told = await predicted(...DISK, '--trials', '1e4', '--at', '0ms,10ms')
    expect(told).toMatchObject({ n: 3, trials: 10_000, seed: 1, writesPerRead: 1, notes: [] })
    expect(told.rows.map(({ r, w }: { r: number; w: number }) => `${r}${w}`).join(' ')).toBe(
      '11 12 13 21 22 23 31 32 33',
    )
    const [row] = told.rows
    const bounds = { p: expect.any(Number), low: expect.any(Number), high: expect.any(Number) }
    const latency = { p50: expect.any(Number), p99: expect.any(Number), 'p99.9': expect.any(Number) }
    expect(row).toEqual({
      r: 1,
      w: 1,
      read: { ...latency, low: latency, high: latency, exact: latency },
      write: { ...latency, low: latency, high: latency, exact: latency },
      consistent: [
        { t: 0, ...bounds, exact: null },
        { t: 10, ...bounds, exact: null },
      ],
      visibility: {
        p99: expect.any(Number),
        'p99.9': expect.any(Number),
        low: { p99: expect.any(Number), 'p99.9': expect.any(Number) },
        high: { p99: expect.any(Number), 'p99.9': expect.any(Number) },
      },
      kStaleness: [1, 2, 3, 5, 10].map((k) => ({ k, ...bounds, quorumsAlone: expect.any(Number) })),
      monotonicReads: { ...bounds, quorumsAlone: expect.any(Number) },
    })
    // Four standard errors of 10,000 trials, and the exact latencies to the digits of the reference.
    expect(Math.abs(row.consistent[0].p - 0.43673)).toBeLessThan(0.02)
    expect(Math.abs(row.read.exact.p50 - 0.489)).toBeLessThan(0.0005)
    expect(told.rows[8].consistent[0]).toEqual({ t: 0, p: 1, low: 1, high: 1, exact: 1 })

    const { stdout } = await here(folder, 'predict', ...DISK, '--trials', '1e4', '--at', '0ms,10ms')
    expect(stdout.split('\n').every((line) => line.length <= 100)).toBe(true)
    expect(stdout).toMatch(/^read R=1 +0\.4\d+/m)
    expect(stdout).toMatch(/^1 {2}1 +4[234]\.\d+ +9[23]\.\d+ .*[▁▂▃▄▅▆▇█]{16}$/m)
  })

  it('says null of what too few trials tell', async () => {
    const { rows } = await predicted(...DISK, '--trials', '2000', '--r', '1', '--w', '1')
    expect(rows).toHaveLength(1)
    expect(rows[0].read.p99).toBeGreaterThan(0.4)
    expect([rows[0].read['p99.9'], rows[0].visibility['p99.9'], rows[0].visibility.low['p99.9']]).toEqual([
      null,
      null,
      null,
    ])
  })

  it('gives the same bytes for the same seed, and others for another', async () => {
    const bytes = async (seed: string) =>
      (await here(folder, 'predict', ...DISK, '--trials', '5000', '--seed', seed)).stdout
    const [one, again, other] = [await bytes('7'), await bytes('7'), await bytes('8')]
    // The largest, as the refusal of a larger one says.
    expect(await bytes('9007199254740991')).toContain('seed 9007199254740991')
    expect(again).toBe(one)
    expect(other.replace('seed 8', 'seed 7')).not.toBe(one)
  })

  it('takes a law for each replica, with files of values too, and counts them', async () => {
    const laws = [
      '--write',
      '0ms',
      '--write',
      'empirical(delays.txt)',
      '--ack',
      '0ms',
      '--read',
      '5ms',
      '--reply',
      '0ms',
    ]
    const { n, rows } = await predicted(...laws, '--trials', '20000', '--w', '2', '--at', '0ms')
    expect(n).toBe(2)
    // The law lies evenly between its two values, and the second replica has all of it.
    expect([rows[0].write.exact.p50, rows[0].write.exact.p99]).toEqual([expect.closeTo(2, 4), expect.closeTo(2.98, 4)])
    expect(Math.abs(rows[0].write.p50 - 2)).toBeLessThan(0.03)
  })

  it('puts a replica into each zone with --remote', async () => {
    const { rows, notes } = await predicted(
      ...FREE,
      '--n',
      '2',
      '--remote',
      '75ms',
      '--trials',
      '4e3',
      '--at',
      '74.9ms,75ms',
    )
    expect(rows[0].consistent.map(({ p }: { p: number }) => p)).toEqual([0.5, 1])
    expect(rows[1].write.p50).toBe(150)
    expect(notes).toHaveLength(1)
  })

  it('tells the usual ones of many replicas, and all when asked', async () => {
    const pairs = async (...args: readonly string[]) =>
      (await predicted(...FREE, '--n', '7', '--trials', '100', ...args)).rows.map(
        ({ r, w }: { r: number; w: number }) => `${r}${w}`,
      )
    expect(await pairs()).toEqual(['11', '17', '22', '26', '33', '35', '44', '53', '62', '71'])
    expect(await pairs('--all')).toHaveLength(49)
    expect(await pairs('--r', '6')).toEqual(['61', '62', '63', '64', '65', '66', '67'])
  })

  it('draws the curves that there are', async () => {
    const { code, stdout } = await here(folder, 'predict', ...DISK, '--trials', '2e4', '--format', 'svg')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^<svg [\s\S]*Predicted consistent reads against time since the commit[\s\S]*<\/svg>\n$/)
    for (const name of ['R=1 W=1', 'R=1 W=2', 'R=2 W=1']) expect(stdout).toContain(name)
    expect(stdout).not.toContain('R=2 W=2')
  })

  it('works as its help prints it', async () => {
    const { stdout } = await here(folder, 'predict', '--help')
    const lines = stdout.split('Examples:\n')[1]?.trim().split('\n') ?? []
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(await shell(folder, line), line).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('predict from a workload', () => {
  it('takes links, clients, places and quorums of the file, and says what it leaves out', async () => {
    const { n, rows, notes } = await predicted(
      '--file',
      'two.yaml',
      '--trials',
      '16000',
      '--at',
      '0ms,5.999999ms,6ms,9.999999ms,10ms',
    )
    expect(n).toBe(2)
    expect(rows.map(({ label }: { label: string }) => label)).toEqual(['quorum n=2 r=1 w=1', 'quorum n=2 r=1 w=2'])
    // A write in a reaches b after 10 ms, one in b reaches a after 4 ms; readers are where the writer is not with 3/16 each.
    expect(rows[0].consistent.map(({ p }: { p: number }) => p * 16)).toEqual([10, 13, 13, 13, 16])
    // The farther replica acknowledges after both ways, 14 ms.
    expect([rows[1].write.p50, rows[1].write.exact.p50, rows[1].read.p50]).toEqual([14, 14, 0])
    expect(notes.join(' ')).toMatch(/Taken are the delays .* Not taken are service times/)
  })

  it('takes the same from its result', async () => {
    const out = join(folder, 'out')
    mkdirSync(out, { recursive: true })
    expect((await here(folder, 'run', 'tiny.yaml', '--out', 'out', '--jobs', '1')).code).toBe(0)
    copyFileSync(join(out, 'result.json'), join(folder, 'copy.json'))
    const args = ['--trials', '3000']
    const { rows } = await predicted('--file', 'tiny.yaml', ...args)
    expect(rows.map(({ r, w }: { r: number; w: number }) => [r, w])).toEqual([
      [1, 2],
      [2, 2],
    ])
    for (const from of ['out', 'copy.json']) expect((await predicted('--from', from, ...args)).rows).toEqual(rows)
  })

  it('says which variants the model cannot tell about, or not whole', async () => {
    const told = await predicted('--file', 'systems.yaml', '--trials', '100')
    expect(told.rows.map(({ label, r, w }: { label: string; r: number; w: number }) => [label, r, w])).toEqual([
      ['quorum n={a: 2, b: 1} r=QUORUM w=1 contact=quorum', 2, 1],
    ])
    expect(told.notes.slice(2)).toEqual([
      expect.stringMatching(/^The model asks all replicas .*contact=quorum ask R replicas only/),
      expect.stringMatching(
        /^Variants without a number of replicas to wait for are left out: .*LOCAL_ONE.* and lww\.$/,
      ),
      expect.stringMatching(
        /^Quorums with other links or other places of copies are left out; what is told is that of /,
      ),
    ])
  })

  it('has one number of copies at a time', async () => {
    const two = await predicted('--file', 'sizes.yaml', '--trials', '100')
    expect([two.n, two.notes.at(-1)]).toEqual([2, 'Quorums of n 3 are left out: --n chooses them.'])
    expect((await predicted('--file', 'sizes.yaml', '--trials', '100', '--n', '3')).n).toBe(3)
  })
})

describe('predict refuses', () => {
  it.each([
    [[], 'predict needs the laws of the delays: a one-way delay for each leg, such as --write lnkd-disk'],
    [['--write', '1ms', '--ack', '1ms'], 'predict needs --read and --reply: '],
    [[...DISK.slice(2), '--write', '38% pareto(1.05ms 1.51'], '--write:1:10: This "(" is never closed.'],
    [[...DISK.slice(2), '--write', 'lnkd-disc'], 'There is no law "lnkd-disc". Did you mean lnkd-disk?'],
    [
      [...DISK, '--ack', '1ms', '--n', '3'],
      '--ack is given 2 times; give it once, for all replicas, or once for each of the 3.',
    ],
    [[...DISK, '--n', '16'], '--n is a whole number from 1 to 15, not 16.'],
    [[...DISK, '--r', '4'], '--r is a whole number from 1 to 3, not 4.'],
    [[...DISK, '--trials', '1.5'], '--trials is a whole number from 1 to 4000000000, such as 1e7, not 1.5.'],
    [
      [...DISK, '--seed', '9007199254740992'],
      '--seed is a whole number from 1 to 9007199254740991, not 9007199254740992.',
    ],
    [[...DISK, '--at', '5'], '--at takes durations from 0ms to 300h, such as 10ms, not 5.'],
    [[...DISK, '--at', ','], '--at has 1 to 100 durations'],
    [[...DISK, '--remote', '-1ms'], '--remote takes durations from 0ms to 300h, such as 10ms, not -1ms.'],
    [[...DISK, '--writes-per-read', 'x'], '--writes-per-read is a number such as 1 or 0.25, not x.'],
    [
      [...DISK, '--file', 'tiny.yaml'],
      '--file takes the delays from there: leave out --write, --ack, --read and --reply, or leave out --file.',
    ],
    [
      ['--file', 'tiny.yaml', '--from', 'out'],
      '--file and --from both say where the delays come from: give one of them.',
    ],
    [['--file', 'none.yaml'], 'none.yaml has no variant with n, r and w that WARS could tell about.'],
    [['--file', 'tiny.yaml', '--n', '5'], 'tiny.yaml has no quorum of --n 5; it has n 3.'],
    [['--file', 'gone.yaml'], 'gone.yaml cannot be read'],
    [
      [...DISK, '--r', '3', '--format', 'svg'],
      'There is nothing to draw: with R + W > N = 3 every read meets the write.',
    ],
  ])('%j', async (args, sentence) => {
    const { code, stdout, stderr } = await here(folder, 'predict', ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(sentence)
  })
})

/** Mistakes in workload files: each is refused at its line and column, with what is allowed. */
import { describe, expect, it } from 'vitest'
import { cellsOf, refusalOf } from './specs.js'

const S = 'strategies: [lww]'
const TWO = 'zones: {a: {}, b: {}}'

/** What is wrong, the text, line:column, and the decisive words. */
type Case = readonly [string, string, string, string]

const VALUES: readonly Case[] = [
  [
    'a missing unit',
    `duration: 5\n${S}`,
    '1:11',
    'duration is a duration with a unit (ns, us, ms, s, m or h), such as 5s, not 5.',
  ],
  ['a zero without a unit', `warmup: 0\n${S}`, '1:9', 'with a unit (ns, us, ms, s, m or h), such as 0s, not 0.'],
  ['a negative duration', `warmup: -5s\n${S}`, '1:9', 'warmup is at least 0s and at most 300h, not "-5s".'],
  ['a duration of zero', `duration: 0s\n${S}`, '1:11', 'duration is longer than 0s'],
  ['a mark-down without a unit', `client: {mark-down: 5}\n${S}`, '1:21', 'such as 5s, not 5.'],
  ['a word for fail-over', `client: {fail-over: yes}\n${S}`, '1:21', 'fail-over is true or false, not "yes".'],
  [
    'fail-over without mark-down',
    `client: {mark-down: 0s, fail-over: true}\n${S}`,
    '1:36',
    'fail-over: true needs a mark-down longer than 0s',
  ],
  ['a timeout of zero', `client: {timeout: 0ms}\n${S}`, '1:19', 'timeout is longer than 0s'],
  ['a huge duration', `settle: 1e9h\n${S}`, '1:9', 'at most 300h'],
  ['a duration beyond all numbers', `settle: 1e300h\n${S}`, '1:9', 'not "1e300h".'],
  ['an empty value', `duration:\n${S}`, '1:10', 'not empty.'],
  ['a list for a value', `duration: [1s]\n${S}`, '1:11', 'not a list.'],
  [
    'a percentage without its sign',
    `topology: {zones: {a: {clients: 1}}}\n${S}`,
    '1:33',
    'from 0% to 100%, such as 1%, not 1.',
  ],
  ['a ratio for a percentage', `client: {jitter: 0.5}\n${S}`, '1:18', 'such as 50%, not 0.5.'],
  ['a percentage over 100%', `client: {jitter: 101%}\n${S}`, '1:18', 'from 0% to 100%'],
  ['NaN', `workload: {records: .nan}\n${S}`, '1:21', 'records is a whole number from 1 to 20000000, not NaN.'],
  ['infinity', `event-limit: .inf\n${S}`, '1:14', 'not Infinity.'],
  ['a huge number', `workload: {records: 1e12}\n${S}`, '1:21', 'from 1 to 20000000'],
  ['a negative number', `client: {retries: -1}\n${S}`, '1:19', 'from 0 to 100, not -1.'],
  ['a fraction', `node: {concurrency: 1.5}\n${S}`, '1:21', 'from 1 to 4096, not 1.5.'],
  ['text for a number', `node: {queue: "10"}\n${S}`, '1:15', 'not "10".'],
  ['a number for text', `name: 12\n${S}`, '1:7', 'name is text, in quotes'],
  ['a name that leaves its folder', `name: ../x\n${S}`, '1:7', 'beginning with a letter or digit'],
  ['a word for true', `skip-impossible: yes\n${S}`, '1:18', 'true or false, not "yes".'],
  ['a misspelt choice', `client: {coordinator: nearset}\n${S}`, '1:23', 'round-robin or fixed (did you mean nearest?)'],
  ['no seeds', `seeds: []\n${S}`, '1:8', 'seeds lists 1 to 10000 seeds, not 0.'],
  ['a seed that is none', `seeds: [1, -1]\n${S}`, '1:12', 'A seed is a whole number'],
  ['a seed twice', `seeds: [7, 7]\n${S}`, '1:12', 'The seed 7 is listed twice.'],
]

const LAWS: readonly Case[] = [
  ['records of a scan that take bytes', `node: { scan: 5B }\n${S}`, '1:16', '"B" is not a unit of time'],
  ['an unclosed law', `node: { read: "exponential(1ms" }\n${S}`, '1:27', 'This "(" is never closed.'],
  ['an unknown unit in a law', `node: { read: exponential(1mx) }\n${S}`, '1:28', 'Did you mean 1ms?'],
  ['an unknown law', `node: { read: exponental(1ms) }\n${S}`, '1:15', 'Did you mean exponential?'],
  ['zero without a unit as a law', `node: { read: 0 }\n${S}`, '1:15', '0 needs a unit'],
  ['a mapping for a law', `workload: {values: {a: 1}}\n${S}`, '1:20', 'values is a law'],
  [
    'a law torn by a comma',
    `topology: {links: {local: { delay: uniform(1ms, 2ms) }}}\n${S}`,
    '1:36',
    'separate arguments by blanks, as in uniform(1ms 2ms)',
  ],
  ['a torn law in a list', `axes: {node.read: [uniform(1ms, 2ms)]}\n${S}`, '1:20', 'as in uniform(1ms 2ms)'],
  [
    'torn arrivals',
    `workload: {arrivals: closed(64, think uniform(1ms, 2ms))}\n${S}`,
    '1:22',
    'as in closed(64 think uniform(1ms 2ms))',
  ],
  ['a file of values that is not there', `node: {read: empirical(gone.txt)}\n${S}`, '1:24', 'Cannot read "gone.txt"'],
  [
    'a device for a file of values',
    `node: {read: empirical(/dev/zero)}\n${S}`,
    '1:24',
    'its path is absolute, and files lie in',
  ],
  ['a clock that runs too fast', `node: {clock: {drift: 20}}\n${S}`, '1:23', 'such as 20ppm, not 20.'],
]

const TOPOLOGY: readonly Case[] = [
  [
    'an unknown zone in a link',
    `topology: {${TWO}, links: {a--c: 1ms, a--b: 1ms}}\n${S}`,
    '1:43',
    'there is no zone c',
  ],
  [
    'a link within a zone',
    `topology: {${TWO}, links: {a--a: 1ms, a--b: 1ms}}\n${S}`,
    '1:43',
    'a--a is no link; links are local, a--b',
  ],
  ['a missing link', `topology: {${TWO}}\n${S}`, '1:11', 'links lacks a--b'],
  ['a link that leads one way', `topology: {${TWO}, links: {a->b: 1ms}}\n${S}`, '1:42', 'links lacks b->a'],
  [
    'a link twice',
    `topology: {${TWO}, links: {a--b: 1ms, b--a: 2ms}}\n${S}`,
    '1:54',
    'the same link as an earlier one',
  ],
  [
    'a link without a delay',
    `topology: {${TWO}, links: {a--b: {loss: 1%, read: 1ms}}}\n${S}`,
    '1:49',
    'legs write, writeAck and readReply',
  ],
  [
    'a bandwidth without a unit',
    `topology: {links: {local: {delay: 1ms, bandwidth: 100}}}\n${S}`,
    '1:51',
    'bytes: B/s, KB/s',
  ],
  [
    'a bandwidth in unknown units',
    `topology: {links: {local: {bandwidth: 10Mbps}}}\n${S}`,
    '1:39',
    'such as 100Mb/s, not "10Mbps".',
  ],
  [
    'a bandwidth of zero',
    `topology: {links: {local: {bandwidth: 0B/s}}}\n${S}`,
    '1:39',
    'what a link carries in a second',
  ],
  [
    'an unknown transport',
    `topology: {links: {local: {transport: udp}}}\n${S}`,
    '1:39',
    'transport is tcp or datagram, not "udp".',
  ],
  [
    'clients that are not 100%',
    `topology: {zones: {a: {clients: 50%}}}\n${S}`,
    '1:19',
    'The clients of the zones sum to 50%, not to 100%.',
  ],
  ['no node', `topology: {zones: {a: {nodes: 0}}}\n${S}`, '1:19', 'The zones have 0 nodes, and at least 1 is needed.'],
  [
    'too many nodes',
    `topology: {zones: {a: {nodes: 900}, b: {nodes: 900}}, links: {a--b: 1ms}}\n${S}`,
    '1:19',
    'The zones have 900 + 900 = 1800 nodes, and at most 1000 are allowed.',
  ],
  ['a name that is no zone', `topology: {zones: {a b: {}}}\n${S}`, '1:20', 'a b cannot name a zone'],
  [
    'an unknown key of a zone',
    `topology: {zones: {a: {node-count: 3}}}\n${S}`,
    '1:24',
    'Zone a has no key node-count; it takes nodes, clients, node.',
  ],
  [
    'a node that cannot be overridden so',
    `topology: {zones: {a: {node: {cpus: 3}}}}\n${S}`,
    '1:31',
    'The node of zone a has no key cpus',
  ],
]

const TWO_ZONES = 'topology: {zones: {a: {}, b: {}}, links: {a--b: 1ms}}\n'

const WORKLOAD: readonly Case[] = [
  [
    'a mix over 100%',
    `workload: {operations: {read: 60%, update: 50%}}\n${S}`,
    '1:24',
    'sum to 60% + 50% = 110%, not to 100%.',
  ],
  ['an empty mix', `workload: {operations: {}}\n${S}`, '1:24', 'sum to 0%'],
  [
    'a misspelt operation',
    `workload: {operations: {raed: 100%}}\n${S}`,
    '1:25',
    'operations has no key raed (did you mean read?)',
  ],
  [
    'a key of the prototype',
    `workload: {operations: {__proto__: 100%}}\n${S}`,
    '1:25',
    'operations has no key __proto__',
  ],
  [
    'unknown keys',
    `workload: {keys: zipfain}\n${S}`,
    '1:18',
    'There is no key distribution zipfain (did you mean zipfian?)',
  ],
  ['a skew beyond sense', `workload: {keys: zipfian(20)}\n${S}`, '1:26', 'theta is a number from 0 to 10, not 20.'],
  ['an argument for uniform', `workload: {keys: uniform(2)}\n${S}`, '1:18', 'uniform takes no argument.'],
  ['a share without %', `workload: {keys: hotspot(20% 80)}\n${S}`, '1:30', 'a percentage from 0% to 100%'],
  [
    'a law without a scale',
    `workload: {keys: exponential(100%)}\n${S}`,
    '1:30',
    'operations is a percentage from 1% to 99.9999%',
  ],
  ['too many shares', `workload: {keys: hotspot(1% 2% 3%)}\n${S}`, '1:18', 'it takes records (a percentage'],
  ['half a record', `workload: {keys: ycsb-zipfian(1.5)}\n${S}`, '1:31', 'expected is a whole number from 0'],
  [
    'an unknown law of keys',
    `workload: {keys: {law: hotpsot}}\n${S}`,
    '1:24',
    'There is no key distribution hotpsot (did you mean hotspot?); law is one of uniform, zipfian',
  ],
  ['a law that is a list', `workload: {keys: {law: [uniform]}}\n${S}`, '1:24', 'law is one of uniform, zipfian'],
  [
    'a misspelt locality',
    `workload: {keys: {localty: 90%}}\n${S}`,
    '1:19',
    'keys has no key localty (did you mean locality?); it takes law, locality, among.',
  ],
  ['a locality without %', `${TWO_ZONES}workload: {keys: {locality: 0.9}}\n${S}`, '2:29', 'such as 90%, not 0.9.'],
  [
    'a locality with nowhere else to go',
    `workload: {keys: {law: uniform, locality: 90%}}\n${S}`,
    '1:43',
    'locality: there is one zone that has clients',
  ],
  [
    'a locality with one zone of clients',
    `topology: {zones: {a: {clients: 100%}, b: {clients: 0%}}, links: {a--b: 1ms}}\nworkload: {keys: {locality: 90%}}\n${S}`,
    '2:29',
    'locality: there is one zone that has clients',
  ],
  [
    'zones without a record',
    `${TWO_ZONES}workload: {records: 1, keys: {locality: 90%}}\n${S}`,
    '2:41',
    'locality: records is 1, too few for 2 zones',
  ],
  ['records among nobody', `workload: {keys: {among: lodaed}}\n${S}`, '1:26', 'all or loaded (did you mean loaded?)'],
  ['unknown arrivals', `workload: {arrivals: often}\n${S}`, '1:22', 'There are no arrivals often'],
  [
    'a rate without a unit',
    `workload: {arrivals: poisson(2000)}\n${S}`,
    '1:30',
    'a rate with a unit (/s, /ms, /m or /h)',
  ],
  [
    'unclosed arrivals',
    `workload: {arrivals: poisson(2000/s}\n${S}`,
    '1:22',
    'The "(" in "poisson(2000/s" is never closed',
  ],
  [
    'misspelt arrivals',
    `workload: {arrivals: brusts(3/s)}\n${S}`,
    '1:22',
    'There are no arrivals brusts (did you mean bursts?); arrivals are poisson, constant, bursts, ramp, daily, replay or closed',
  ],
  ['a burst without an end', `workload: {arrivals: bursts(5/s on 1s)}\n${S}`, '1:22', 'bursts needs off, which is'],
  [
    'a burst of no length',
    `workload: {arrivals: bursts(5/s on 0s off 0s)}\n${S}`,
    '1:22',
    'bursts: on and off together take at least 1ms on average.',
  ],
  ['a law that is none', `workload: {arrivals: bursts(5/s on 1 off 1s)}\n${S}`, '1:36', '1 needs a unit: ns, us'],
  ['a ramp to nowhere', `workload: {arrivals: ramp(5/s)}\n${S}`, '1:22', 'ramp needs to, which is a rate'],
  ['a ramp without a rate', `workload: {arrivals: ramp(0/s 0/s)}\n${S}`, '1:22', 'ramp: one of the two rates'],
  ['a day upside down', `workload: {arrivals: daily(5/s 2/s)}\n${S}`, '1:22', 'daily: most is more than 0/s'],
  ['a constant rate of nothing', `workload: {arrivals: constant(0/s)}\n${S}`, '1:31', '0.01/h to 100000000/s'],
  ['a rate beyond patience', `workload: {arrivals: poisson(1e-9/s)}\n${S}`, '1:30', 'from 0.01/h to 100000000/s'],
  ['a schedule without a rate', `workload: {arrivals: closed(4 at 0/s)}\n${S}`, '1:22', 'closed takes from 1 to'],
  ['a schedule beyond sense', `workload: {arrivals: closed(4 at 1e9/s)}\n${S}`, '1:22', 'at most 100000000/s'],
  ['a replay of nothing', `workload: {arrivals: replay}\n${S}`, '1:22', 'replay takes a file with a timestamp'],
  ['a replay of no file', `workload: {arrivals: replay(gone.csv)}\n${S}`, '1:29', 'Cannot read "gone.csv"'],
  ['a misspelt policy', `workload: {overload: dorp(9)}\n${S}`, '1:22', 'There is no policy dorp (did you mean drop?)'],
  ['a policy without a limit', `workload: {overload: queue}\n${S}`, '1:22', 'queue takes how many operations'],
  ['a policy for nobody', `workload: {overload: drop(0)}\n${S}`, '1:22', 'from 1 to 1000000, not 0.'],
  [
    'a policy for what never exceeds',
    `workload: {arrivals: closed(4), overload: drop(9)}\n${S}`,
    '1:43',
    'closed arrivals never exceed their sessions; leave overload out.',
  ],
  ['no sessions', `workload: {arrivals: closed(0)}\n${S}`, '1:22', 'from 1 to 1000000 sessions'],
  ['thinking without a unit', `workload: {arrivals: closed(64 think 5)}\n${S}`, '1:38', '5 needs a unit'],
  [
    'a read-back without a unit',
    `workload: {read-back: {after: [0, 1ms]}}\n${S}`,
    '1:32',
    'after lists durations with a unit',
  ],
  ['read-backs at no time', `workload: {read-back: {after: []}}\n${S}`, '1:31', 'after lists 1 to 100 times'],
]

const ONCE = 'at: 1s, for: 1s'
const FAULTS: readonly Case[] = [
  [
    'an unknown fault',
    `${S}\nfaults: [{crahs: {${ONCE}}}]`,
    '2:10',
    'did you mean crash?); the fault names are crash, power',
  ],
  [
    'an unknown option of a fault',
    `${S}\nfaults: [{pause: {${ONCE}, disk: lose}}]`,
    '2:36',
    'pause has no option disk',
  ],
  [
    'a fault without its length',
    `${S}\nfaults: [{crash: {at: 1s}}]`,
    '2:10',
    'crash needs for, which is a duration such as 5s',
  ],
  [
    'a length that is no law',
    `${S}\nfaults: [{crash: {at: 1s, for: exponental(1s)}}]`,
    '2:32',
    'There is no law "exponental". Did you mean exponential?',
  ],
  ['a node that there is not', `${S}\nfaults: [{crash: {${ONCE}, node: us-1}}]`, '2:42', 'those of a zone local.'],
  [
    'a node that is a number',
    `${S}\nfaults: [{crash: {${ONCE}, node: 3}}]`,
    '2:42',
    'node is any, each, leader, coord',
  ],
  [
    'a disk of another kind',
    `${S}\nfaults: [{crash: {${ONCE}, disk: burn}}]`,
    '2:42',
    'disk is keep or lose, not "burn".',
  ],
  ['too many of any', `${S}\nfaults: [{crash: {${ONCE}, count: 4}}]`, '2:43', 'count: 4 exceeds the 3 nodes'],
  [
    'some of each',
    `${S}\nfaults: [{crash: {${ONCE}, node: each, count: 2}}]`,
    '2:55',
    'count: it says how many of any',
  ],
  ['a stagger of any', `${S}\nfaults: [{crash: {${ONCE}, stagger: 1s}}]`, '2:45', 'stagger: it strikes one node after'],
  ['times without every', `${S}\nfaults: [{crash: {${ONCE}, times: 2}}]`, '2:43', 'every is not given'],
  [
    'strikes without end',
    `${S}\nfaults: [{crash: {at: 1s, for: 0s, every: 0s}}]`,
    '2:43',
    'every: strikes without length or distance would never end.',
  ],
  [
    'a zone that there is not',
    `${S}\nfaults: [{zone-outage: {${ONCE}, zone: us}}]`,
    '2:48',
    'the zones are any, local.',
  ],
  [
    'a partition of nothing',
    `${S}\nfaults: [{partition: {${ONCE}}}]`,
    '2:10',
    'partition needs isolate, groups or one-way.',
  ],
  [
    'two partitions in one',
    `${S}\nfaults: [{partition: {${ONCE}, isolate: local, groups: [[local-1], [local-2]]}}]`,
    '2:64',
    'groups: a partition is one of isolate, groups and one-way, not isolate and groups.',
  ],
  [
    'a node in two groups',
    `${S}\nfaults: [{partition: {${ONCE}, groups: [[local], [local-2]]}}]`,
    '2:48',
    'groups: no node can be in two groups, and local-2 is.',
  ],
  [
    'groups without a group',
    `${S}\nfaults: [{partition: {${ONCE}, groups: local}}]`,
    '2:48',
    'groups is a list of at least two',
  ],
  [
    'half a way',
    `${S}\nfaults: [{partition: {${ONCE}, one-way: {from: local}}}]`,
    '2:49',
    'one-way is {from: a zone or node',
  ],
  [
    'a loss without %',
    `${S}\nfaults: [{message-loss: {${ONCE}, loss: 0.1}}]`,
    '2:49',
    'loss is a percentage from 0% to 100%',
  ],
  [
    'two scopes',
    `${S}\nfaults: [{message-loss: {${ONCE}, loss: 1%, from: local, between: [local-1, local-2]}}]`,
    '2:75',
    'between: it takes the place of from and to.',
  ],
  [
    'duplicates over tcp',
    `${S}\nfaults: [{duplication: {${ONCE}, share: 5%}}]`,
    '2:10',
    'duplication needs a link with transport: datagram; over tcp the receiver drops what arrives twice.',
  ],
  [
    'a factor below 1',
    `${S}\nfaults: [{slow-node: {${ONCE}, factor: 0.5}}]`,
    '2:48',
    'factor is a number from 1 to 1000, not 0.5.',
  ],
  ['a slow link that is not', `${S}\nfaults: [{slow-link: {${ONCE}}}]`, '2:10', 'slow-link needs factor or extra.'],
  ['a clock without a fault', `${S}\nfaults: [{clock: {${ONCE}}}]`, '2:10', 'clock needs offset, drift or step.'],
  ['an offset without length', `${S}\nfaults: [{clock: {at: 1s, offset: -5ms}}]`, '2:10', 'clock needs for, how long'],
  [
    'a drift without its unit',
    `${S}\nfaults: [{clock: {${ONCE}, drift: 5}}]`,
    '2:43',
    'drift is a rate from -100000ppm to',
  ],
  ['an offset without its unit', `${S}\nfaults: [{clock: {${ONCE}, offset: -5}}]`, '2:44', 'such as 50ms or -50ms'],
]

const PLUGINS: readonly Case[] = [
  ['a misspelt strategy', 'strategies: [quorom]', '1:14', 'There is no strategy quorom (did you mean quorum?)'],
  ['R > N', 'strategies: [{quorum: {r: 4}}]', '1:27', 'r: 4 exceeds n: 3.'],
  ['R > N and W > N', 'strategies: [{quorum: {w: 5, r: 4}}]', '1:33', 'r: 4 and w: 5 exceed n: 3.'],
  ['R > N in a list', 'strategies: [{quorum: {r: [1, 4]}}]', '1:31', 'r: 4 exceeds n: 3.'],
  [
    'a fallback that keeps no hints',
    'strategies: [{quorum: {sloppy: true, detector: {}}}]',
    '1:32',
    'sloppy: a node that stands in keeps what it is sent as a hint, and without hints it keeps none',
  ],
  ['N > nodes', 'strategies: [{quorum: {n: 5}}]', '1:27', 'n: 5 exceeds the 3 nodes'],
  [
    'a default N > nodes',
    'topology: {zones: {a: {nodes: 2}}}\nstrategies: [quorum]',
    '2:14',
    'n: 3 exceeds the 2 nodes',
  ],
  ['an unknown option', 'strategies: [{lww: {copis: 2}}]', '1:21', 'did you mean copies'],
  ['an option of the prototype', 'strategies: [{lww: {__proto__: 2}}]', '1:21', 'lww has no option __proto__'],
  [
    'an option that is no number',
    'strategies: [{quorum: {w: two}}]',
    '1:27',
    'SERIAL or LOCAL_SERIAL (did you mean TWO?), not "two".',
  ],
  [
    'an option that is no choice',
    'strategies: [{single-leader: {acks: some}}]',
    '1:37',
    'acks is none, majority, all or a whole number of at least 1, not "some".',
  ],
  ['an option without values', 'strategies: [{quorum: {r: []}}]', '1:27', 'r lists no value.'],
  [
    'options that are a list',
    'strategies: [{quorum: [1]}]',
    '1:23',
    'The options of quorum are a mapping, not a list.',
  ],
  [
    'two names in an entry',
    'strategies: [{quorum: {}, lww: {}}]',
    '1:14',
    'An entry of strategies is one name or {name: options}',
  ],
  ['a variant twice', 'strategies: [quorum, {quorum: {r: 2}}]', '1:22', 'quorum is listed twice.'],
  ['no strategies', 'seeds: 1', '1:1', 'strategies lists at least one of single-leader, lww'],
  ['strategies that are no list', 'strategies: lww', '1:13', 'strategies is a list'],
  [
    'a condition that nobody decides',
    'workload: {operations: {compare-and-set: 100%}}\nstrategies: [quorum]',
    '2:14',
    'serial: SERIAL or LOCAL_SERIAL is needed for compare-and-set.',
  ],
  [
    'a scan of keys that are scattered',
    'workload: {operations: {read: 50%, scan: 50%}}\nstrategies: [{lww: {partitions: ring}}]',
    '2:33',
    'partitions: ring scatters neighbouring keys over all nodes; scan needs partitions: one.',
  ],
  [
    'a scan of keys that are scattered in one of two variants',
    'workload: {operations: {scan: 100%}}\nstrategies: [{single-leader: {partitions: [one, ring]}}]',
    '2:49',
    'scan needs partitions: one.',
  ],
  ['nothing possible', 'skip-impossible: true\nstrategies: [{quorum: {n: 5}}]', '1:1', 'Every variant is impossible'],
  [
    'too many variants',
    `strategies: [{quorum: {r: [${range(400)}], w: [${range(400)}]}}]`,
    '1:14',
    'These options make 400 x 400 = 160000 variants',
  ],
  [
    'too many cells',
    'seeds: 10000\nstrategies: [{quorum: {r: [1, 2, 3], w: [1, 2, 3], vnodes: [1, 2]}}]',
    '1:1',
    '18 variants x 10000 seeds = 180000 cells',
  ],
  [
    'an unknown zone in a fault',
    `${S}\nfaults: [{partition: {isolate: mars, at: 1s, for: 1s}}]`,
    '2:32',
    'isolate: there is no zone or node mars; the zones are local, the nodes local-1, local-2, local-3.',
  ],
  [
    'a fault without its time',
    `${S}\nfaults: [{partition: {isolate: local, for: 1s}}]`,
    '2:10',
    'partition needs at, when it strikes, or every, how long after the end of one strike the next begins.',
  ],
  ['a fault without a unit', `${S}\nfaults: [{crash: {at: 5, for: 1s}}]`, '2:23', 'at is a duration with a unit'],
  ['a list of times for a fault', `${S}\nfaults: [{crash: {at: [1s, 2s], for: 1s}}]`, '2:23', 'not a list.'],
  ...FAULTS,
]

const LATER: readonly Case[] = [
  ['edits', `workload: {operations: {edit: 100%}}\n${S}`, '1:25', 'edit is not in this version'],
]

const YAML: readonly Case[] = [
  [
    'an unknown key',
    `duratoin: 5s\n${S}`,
    '1:1',
    'A workload file has no key duratoin (did you mean duration?); it takes name',
  ],
  [
    'a list where a mapping belongs',
    `workload: [1]\n${S}`,
    '1:11',
    'workload is a mapping of keys to values, not a list.',
  ],
  ['a duplicate key', `duration: 5s\nduration: 6s\n${S}`, '2:1', 'The key duration stands twice.'],
  ['an empty file', '', '1:1', 'strategies lists at least one of'],
  ['a file that is a list', '- lww', '1:1', 'A workload file is a mapping of keys to values, not a list.'],
  ['a file that is a word', 'lww', '1:1', 'not "lww".'],
  ['broken YAML', 'a: [1', '1:6', 'Flow sequence in block collection must be indented and end with ]'],
  ['tabs', `client:\n\ttimeout: 1s\n${S}`, '2:1', 'Tabs are not allowed as indentation.'],
  ['two documents', `${S}\n---\n${S}`, '2:1', 'A second document begins here'],
  ['a merge key', `<<: {seeds: 1}\n${S}`, '1:1', 'Merge keys (<<) are not supported'],
  ['an unknown anchor', `seeds: *few\n${S}`, '1:8', 'There is no anchor &few before this.'],
  ['an anchor within itself', `seeds: &few [*few]\n${S}`, '1:14', 'The anchor &few cannot contain itself.'],
  ['an alias bomb', bomb(), '6:36', 'From here on there are more than 100000 values.'],
  ['a tag', `seeds: !few 1\n${S}`, '1:8', 'There is no tag !few.'],
  ['binary data', `name: !!binary aGVsbG8=\n${S}`, '1:16', 'neither text nor a number'],
  ['YAML 1.1', `%YAML 1.1\n---\n${S}`, '1:1', 'YAML 1.2'],
  ['a key that is no word', `? [a]\n: 1\n${S}`, '1:3', 'A key is a word.'],
  ['deep lists', '['.repeat(30_000), '1:1', 'nested more than 40 deep'],
  ['deep lists without brackets', '- '.repeat(30_000), '1:1', 'nested more than 40 deep'],
  ['a mistake after a BOM and CRLF', `\uFEFFseeds: 1\r\nduration: 5\r\n${S}\r\n`, '2:11', 'such as 5s, not 5.'],
]

function range(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i + 1)
}

/** Ten lines that stand for 10^10 values. */
function bomb(): string {
  const lines = range(10).map((i) => `- &l${i} [${range(10).map(() => (i === 1 ? 'x' : `*l${i - 1}`))}]`)
  return ['seeds:', ...lines, S].join('\n')
}

describe.each([
  ['value', VALUES],
  ['law', LAWS],
  ['topology', TOPOLOGY],
  ['workload', WORKLOAD],
  ['strategy or fault', PLUGINS],
  ['thing of a later version', LATER],
  ['text', YAML],
])('a malformed %s', (_, cases) => {
  it.each(cases)('%s is refused at its place', (_, text, place, words) => {
    const refusal = refusalOf(text)
    expect(refusal).toContain(words)
    const line = refusal.split('\n').find((one) => one.includes(words))
    expect(line?.slice(0, `test.yaml:${place}: `.length)).toBe(`test.yaml:${place}: `)
  })
})

describe('a refusal', () => {
  it('tells all mistakes of a file at once, in the order of the text', () => {
    const refusal = refusalOf('strategies: [quorom]\nduration: 5\nseeds: 0')
    expect(refusal.match(/test\.yaml:\d+:\d+/g)).toEqual(['test.yaml:1:14', 'test.yaml:2:11', 'test.yaml:3:8'])
  })

  it('goes on after a duplicate key or a torn law', () => {
    const refusal = refusalOf('seeds: 1\nseeds: 2\nnode: {read: uniform(1ms, 2ms), queue: x}\nstrategies: [quorom]')
    expect(refusal.match(/test\.yaml:\d+:\d+/g)).toEqual(['2:1', '3:14', '3:40', '4:14'].map((at) => `test.yaml:${at}`))
  })

  it('does not go on where a value is missing', () => {
    expect(refusalOf('seeds: *few\nstrategies: [quorom]')).not.toContain('quorom')
  })

  it('shows the line, with a caret at the place', () => {
    expect(refusalOf(`${S}\nclient: {retries: many}\n`).split('\n').slice(1)).toEqual([
      '    client: {retries: many}',
      '                      ^',
    ])
  })

  it('shows the part of a long line that matters', () => {
    const [, line = '', caret = ''] = refusalOf(`client: { ${' '.repeat(5000)}retries: many}\n${S}`).split('\n')
    expect(line.slice(caret.indexOf('^'))).toMatch(/^many/)
    expect(line.length).toBeLessThan(130)
  })

  it('tells nothing that follows from another mistake', () => {
    expect(refusalOf('topology: {zones: {a: {nodes: five}}}\nstrategies: [{quorum: {n: 5}}]')).not.toContain('exceeds')
  })

  it('keeps control characters of the file from the terminal', () => {
    expect(refusalOf('strategies: ["\u001b[31mlww"]')).not.toContain('\u001b')
  })

  it('is of a readable length', () => {
    const keys = range(1000).map((i) => `key${i}: 1`)
    expect(refusalOf([...keys, S].join('\n'))).toMatch(/And 950 more\.$/)
  })
})

describe('what looks malformed and is not', () => {
  it.each([
    ['a zero with a minus', `topology: {zones: {a: {nodes: 3}, b: {nodes: -0}}, links: {a--b: 1ms}}\n${S}`],
    ['a BOM', `\uFEFF${S}`],
    ['CRLF', `seeds: 1\r\n${S}\r\n`],
    ['JSON', '{"strategies": ["lww"]}'],
    [
      'anchors',
      'topology: {zones: {a: &zone {nodes: 2, clients: 50%}, b: *zone}, links: {a--b: 1ms}}\nstrategies: [lww]',
    ],
    ['sections without a value', `topology:\nnode:\nclient:\nworkload:\nfaults:\naxes:\n${S}`],
    ['a strategy with empty options', 'strategies:\n  - lww:\n  - crdt: {}'],
    ['a comma in a quoted law', `node: { read: "uniform(1ms, 2ms)" }\n${S}`],
    ['a comma in a law outside braces', `node:\n  read: uniform(1ms, 2ms)\n${S}`],
  ])('%s is read', (_, text) => {
    expect(cellsOf(text).length).toBeGreaterThan(0)
  })
})

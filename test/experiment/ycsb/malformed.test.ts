/** Mistakes in properties: each is refused at its line and column, with what is allowed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpecError } from '../../../src/experiment/spec-error.js'
import { LEAST, meaningOf, refusalOf } from './sheets.js'

/** What is wrong, the lines behind `LEAST`, line:column, and the decisive words. */
type Case = readonly [string, string, string, string]

const VALUES: readonly Case[] = [
  [
    'a word for a number',
    'threadcount=many',
    '3:13',
    'threadcount is a whole number from 1 to 2147483647, without blanks',
  ],
  ['an exponent in a whole number', 'fieldcount=1e3', '3:12', 'not "1e3".'],
  ['a fraction for a whole number', 'target=0.5', '3:8', 'target is a whole number from 0'],
  ['a blank behind a whole number', 'fieldlength=100 ', '3:13', 'without blanks behind it, not "100 ".'],
  ['an empty number', 'fieldlength=', '3:13', 'not "".'],
  ['a negative number', 'target=-1', '3:8', 'not "-1".'],
  ['more than Java can count', 'maxexecutiontime=3000000000', '3:18', 'to 2147483647'],
  ['no threads', 'threadcount=0', '3:13', 'from 1 to'],
  ['a negative proportion', 'readproportion=-0.1', '3:16', 'a number of at least 0, not "-0.1".'],
  ['a percentage for a proportion', 'readproportion=50%', '3:16', 'not "50%".'],
  ['NaN', 'readproportion=NaN', '3:16', 'not "NaN".'],
  ['infinity', 'readproportion=1e999', '3:16', 'weights'],
  ['a decimal comma', 'readproportion=0,5', '3:16', 'not "0,5".'],
  ['a fraction beyond 1', 'hotspotdatafraction=1.5', '3:21', 'a number from 0 to 1, not "1.5".'],
  ['a percentile beyond 100', 'exponential.percentile=101', '3:24', 'a number from 0 to 100'],
  [
    'a misspelt flag',
    'readallfields=ture',
    '3:15',
    'true or false, without blanks behind it; YCSB takes anything but true for false',
  ],
  ['a blank behind a flag', 'writeallfields=true ', '3:16', 'not "true ".'],
  ['a misspelt word', 'requestdistribution=zipfan', '3:21', 'exponential (did you mean zipfian?), not "zipfan".'],
  ['a capital letter', 'scanlengthdistribution=Uniform', '3:24', 'uniform or zipfian (did you mean uniform?)'],
  ['another class', 'workload=TimeSeriesWorkload', '3:10', 'CoreWorkload or core, not "TimeSeriesWorkload".'],
  ['an empty file name', 'fieldlengthhistogram=', '3:22', 'fieldlengthhistogram is text, not "".'],
]

const TOGETHER: readonly Case[] = [
  ['no operation at all', 'readproportion=0\nupdateproportion=0', '3:16', 'one of them is more than 0.'],
  [
    'more records cut out than there are',
    'insertstart=1\ninsertcount=1000',
    '4:13',
    'insertstart + insertcount is 1 + 1000',
  ],
  ['a start behind the last record', 'insertstart=1000', '3:13', 'is 1000 + 0: they cut out at least one'],
  ['no record cut out', 'insertcount=0', '3:13', 'at least one of the records'],
  [
    'a part in the middle under zipfian',
    'requestdistribution=zipfian\ninsertcount=10',
    '4:13',
    'with requestdistribution=zipfian it is 1000, which is recordcount.',
  ],
  [
    'scans of at least more than at most',
    'scanproportion=1\nminscanlength=1001',
    '4:15',
    'minscanlength is at most maxscanlength',
  ],
  [
    'scans of at most less than the default',
    'scanproportion=1\nminscanlength=9\nmaxscanlength=5',
    '4:15',
    '9 is more than 5.',
  ],
  [
    'fields likewise',
    'fieldlengthdistribution=uniform\nminfieldlength=101',
    '4:16',
    'minfieldlength is at most fieldlength',
  ],
  [
    'a histogram whose path has blanks',
    'fieldlengthdistribution=histogram\nfieldlengthhistogram=my sizes.txt',
    '4:22',
    'has no blanks, commas or parentheses in it, unlike ../properties/my sizes.txt.',
  ],
]

const NAMES: readonly Case[] = [
  [
    'a misspelt property',
    'readpropotion=1',
    '3:1',
    'YCSB has no property "readpropotion" (did you mean readproportion?)',
  ],
  [
    'a property of a binding',
    'cassandra.writeconsistencylevel=ONE',
    '3:1',
    '--lenient takes unknown properties for warnings.',
  ],
  ['a property of a prototype', '__proto__=1', '3:1', 'YCSB has no property "__proto__"'],
  ['another', 'constructor=1', '3:1', 'YCSB has no property "constructor"'],
  ['no name', '=1', '3:1', 'YCSB has no property ""'],
  ['a broken escape', 'table=\\u12', '3:7', 'Behind \\u stand four hexadecimal digits.'],
  ['text in another encoding', 'label=caf\u{FFFD}', '3:10', 'This is not UTF-8 text'],
  ['a later value', 'target=1\ntarget=x', '4:8', 'not "x".'],
  ['a value on a line that goes on', 'target\\\n  =\\\n  x', '5:3', 'not "x".'],
]

describe.each([
  ['a value', VALUES],
  ['values together', TOGETHER],
  ['a name or the format', NAMES],
])('%s', (_, cases) => {
  it.each(cases)('%s', (__, lines, position, words) => {
    const refusal = refusalOf(`${LEAST}${lines}\n`)
    expect(refusal).toContain(`w:${position}: `)
    expect(refusal).toContain(words)
  })
})

describe('what is left out', () => {
  it('is the number of records', () => {
    expect(refusalOf('operationcount=1')).toContain('w:1:1: recordcount says how many records there are')
    expect(refusalOf('recordcount=0\noperationcount=1')).toContain('w:1:13: recordcount says how many')
  })

  it('is any end', () => {
    expect(refusalOf('recordcount=1')).toContain('w:1:1: Without operationcount and maxexecutiontime')
    expect(refusalOf('recordcount=1\noperationcount=0')).toContain('w:2:16: Without operationcount')
  })

  it('is what zipfian needs', () => {
    const text = 'recordcount=1\nmaxexecutiontime=1\nrequestdistribution=zipfian\n'
    expect(refusalOf(text)).toContain('w:3:21: requestdistribution=zipfian needs operationcount')
    expect(meaningOf(text, { count: 70 }).workload['keys']).toBe('ycsb-zipfian(0)')
    expect(meaningOf(`${text}insertproportion=0.1`, { count: 70 }).workload['keys']).toBe('ycsb-zipfian(14)')
    expect(() => meaningOf(text, { keys: 'uniform' })).not.toThrow()
  })
})

describe('anything', () => {
  it('is read or refused whole, with every problem at a place', () => {
    const line = fc.stringMatching(
      /^(recordcount|target|label|requestdistribution|table|x)[ =:\\]{0,2}[-0-9a-z.\\u]{0,8}$/,
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        try {
          meaningOf(lines.join('\n'))
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(SpecError)
          expect((thrown as SpecError).message).toMatch(/^w:\d+:\d+: /)
        }
      }),
      { numRuns: 300, seed: 3 },
    )
  })
})

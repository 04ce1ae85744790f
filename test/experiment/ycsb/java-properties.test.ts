/** Java's properties format, rule by rule as `java.util.Properties.load` documents it, and there and back for any keys and values. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJavaProperties } from '../../../src/experiment/ycsb/java-properties.js'

function entriesOf(text: string): readonly (readonly [string, string])[] {
  const fail = (offset: number, sentence: string) => {
    throw new Error(`${offset}: ${sentence}`)
  }
  return parseJavaProperties(text, fail).map(({ key, value }) => [key, value])
}

const RULES: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
  ['an equals sign', 'a=b', [['a', 'b']]],
  ['a colon', 'a:b', [['a', 'b']]],
  ['a blank', 'a b', [['a', 'b']]],
  [
    'a tab or a form feed',
    'a\tb\nc\fd',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['one sign among blanks', 'a \t= b', [['a', 'b']]],
  [
    'a second sign belongs to the value',
    'a==b\nc=:d\ne : = f',
    [
      ['a', '=b'],
      ['c', ':d'],
      ['e', '= f'],
    ],
  ],
  ['blanks behind a value belong to it', 'a=b \t\n', [['a', 'b \t']]],
  ['blanks before a key do not', ' \t\fa=b', [['a', 'b']]],
  [
    'a key alone has an empty value',
    'a\nb=\nc =',
    [
      ['a', ''],
      ['b', ''],
      ['c', ''],
    ],
  ],
  ['an empty key', '=b', [['', 'b']]],
  ['comments, also behind blanks', '#a=b\n!c=d\n  # e\n\t! f\ng=h#i', [['g', 'h#i']]],
  ['a comment does not go on', '# a\\\nb=c', [['b', 'c']]],
  ['empty and blank lines', '\n \t\f\n\na=b\n\n', [['a', 'b']]],
  [
    'CR, CRLF and LF',
    'a=1\rb=2\r\nc=3\nd=4',
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d', '4'],
    ],
  ],
  ['a line that goes on, without its blanks', 'a=b\\\n \t c', [['a', 'bc']]],
  ['over CR and CRLF too', 'a=b\\\rc\\\r\nd', [['a', 'bcd']]],
  [
    'an even number of backslashes ends it',
    'a=b\\\\\nc=d',
    [
      ['a', 'b\\'],
      ['c', 'd'],
    ],
  ],
  ['an odd one does not', 'a=b\\\\\\\nc=d', [['a', 'b\\c=d']]],
  ['what goes on is no comment', 'a=b\\\n#c', [['a', 'b#c']]],
  ['but where nothing came before it', '\\\n#c\na=b', [['a', 'b']]],
  [
    'a blank line ends what goes on',
    'a=b\\\n\nc=d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a key that goes on', 'a\\\n  b=c', [['ab', 'c']]],
  ['a backslash at the end of the file', 'a=b\\', [['a', 'b']]],
  ['signs with backslashes in a key', 'a\\=b\\:c\\ d=e', [['a=b:c d', 'e']]],
  ['a backslash before a backslash before a sign', 'a\\\\=b', [['a\\', 'b']]],
  ['the escapes', 'a=\\t\\n\\r\\f', [['a', '\t\n\r\f']]],
  ['any other backslash stands for nothing', 'a=\\b\\"\\x\\0', [['a', 'b"x0']]],
  ['Unicode, in small and capital letters', 'a=\\u00e9\\u00C9\\uD83D\\ude00', [['a', 'éÉ😀']]],
  ['an escaped backslash before a u', 'a=\\\\u00e9', [['a', '\\u00e9']]],
  [
    'all of one key, the last of which counts',
    'a=1\na=2',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
]

describe('the format', () => {
  it.each(RULES)('%s', (_, text, entries) => {
    expect(entriesOf(text)).toEqual(entries)
  })

  it('tells where keys and values stand, whatever joins their lines', () => {
    const text = '# c\r\n  key = one\\\n   two\nlast'
    const [first, last] = parseJavaProperties(text, () => undefined)
    expect(text.slice(first?.keyStart, first?.keyEnd)).toBe('key')
    expect(text.slice(first?.valueStart, first?.valueEnd)).toBe('one\\\n   two')
    expect(text.slice(last?.keyStart, last?.keyEnd)).toBe('last')
    expect([last?.valueStart, last?.valueEnd]).toEqual([text.length, text.length])
  })

  it.each([
    ['a=1\nb=x\\u12g4', 7],
    ['a\\u=1', 1],
    ['a=\\\\\\u00', 4],
    ['a=b\\\n  c\\u', 8],
  ])('complains of a broken escape where it stands: %j', (text, at) => {
    const complaints: unknown[] = []
    parseJavaProperties(text, (offset, sentence) => complaints.push([offset, sentence]))
    expect(complaints).toEqual([[at, 'Behind \\u stand four hexadecimal digits']])
  })

  it('complains of what is not UTF-8, but in a comment', () => {
    const complaints: number[] = []
    parseJavaProperties('# \u{FFFD}\na=\u{FFFD}', (offset) => complaints.push(offset))
    expect(complaints).toEqual([6])
  })
})

/** Ways to write one character, of which one is chosen. */
function written(character: string, inKey: boolean, choice: number): string {
  const code = `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  const letter = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' }[character]
  const needsEscape = /[\\#! \t\n\r\f]/.test(character) || (inKey && /[=:]/.test(character))
  const ways = [letter ?? (needsEscape ? `\\${character}` : character), code]
  const way = ways[choice % 2] as string
  return choice % 5 === 0 ? `\\\n \t${way}` : way
}

describe('there and back', () => {
  const word = fc.array(fc.constantFrom(...'ab=:#! \t\n\r\f\\u0é😀'.split('')), { maxLength: 12 })
  const choices = fc.array(fc.nat(), { minLength: 24, maxLength: 24 })
  const separator = fc.constantFrom('=', ':', ' = ', '\t:', ' =\t', '=  ')
  const entry = fc.tuple(word, word, choices, separator)

  it('reads what is written, however it is written', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), fc.constantFrom('\n', '\r', '\r\n'), (entries, lineEnd) => {
        const lines = entries.map(([key, value, ways, sign]) => {
          const keyText = key.map((one, i) => written(one, true, ways[i] as number)).join('')
          return `${keyText}${sign}${value.map((one, i) => written(one, false, ways[12 + i] as number)).join('')}`
        })
        const text = lines.map((line) => `# comment\\${lineEnd}${line}${lineEnd}`).join('')
        expect(entriesOf(text)).toEqual(entries.map(([key, value]) => [key.join(''), value.join('')]))
      }),
      { numRuns: 500, seed: 7 },
    )
  })
})

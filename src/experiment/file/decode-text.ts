/**
 * From bytes to text. Files are UTF-8, with or without a byte order mark; what is not is refused with the encoding that it probably has
 * and the place of the first byte that betrays it, since an editor shows such a file without a flaw. Guessed are UTF-16, by its mark or by
 * NUL bytes on every other place, and Latin-1, by a letter of it; nothing is converted, because a guess may be wrong.
 */

export interface Damage {
  /** In `text`, as far as the bytes can be shown as text. */
  readonly offset: number
  readonly text: string
  readonly sentence: string
}

const ADVICE = 'save it as UTF-8'
/** So much of a file tells its encoding. */
const SAMPLE = 64

/** The text without a byte order mark, or what is wrong. */
export function decodeText(bytes: Uint8Array): string | Damage {
  const wide = wideEncoding(bytes)
  if (wide !== undefined) return { offset: 0, text: '', sentence: `This file is ${wide}; ${ADVICE}` }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const nul = text.indexOf('\0')
  if (nul >= 0) return { offset: nul, text, sentence: 'There is a NUL byte here: this is not a text file' }
  return damageOf(bytes, text) ?? text.replace(/^\uFEFF/, '')
}

/** UTF-16 in ASCII's range has a NUL in every pair of bytes. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const mark = `${bytes[0]} ${bytes[1]}`
  if (mark === '255 254') return 'UTF-16 (little-endian)'
  if (mark === '254 255') return 'UTF-16 (big-endian)'
  const sample = [...bytes.subarray(0, SAMPLE)]
  const nuls = (parity: number): number => sample.filter((byte, i) => byte === 0 && i % 2 === parity).length
  const many = sample.length / 4
  if (sample.length < 4 || Math.max(nuls(0), nuls(1)) < many) return undefined
  if (nuls(0) >= many && nuls(1) >= many) return undefined
  return `UTF-16 (${nuls(1) >= many ? 'little' : 'big'}-endian) without a byte order mark`
}

/** The first character that the decoder had to make up: it stands where the bytes do not spell it. */
function damageOf(bytes: Uint8Array, text: string): Damage | undefined {
  let byte = 0
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset)
    if (code === 0xfffd && !spellsReplacement(bytes, byte)) {
      const found = bytes[byte] as number
      const hint = guess(found, bytes[byte + 1])
      return { offset, text, sentence: `The byte 0x${hexadecimal(found)} is not UTF-8${hint}; ${ADVICE}` }
    }
    byte += bytesOf(code)
  }
  return undefined
}

/** Each half of a surrogate pair stands for two of four bytes. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1
  return code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
}

const spellsReplacement = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd

const hexadecimal = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')

/** In Latin-1 a letter beyond ASCII mostly stands beside one within. */
function guess(byte: number, next = 0xff): string {
  return byte >= 0xa0 && next < 0x80 ? ` (in Latin-1 it is ${String.fromCharCode(byte)})` : ''
}

/** Words of printed commands come out of a shell as they went in. */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { shellWord } from '../../src/commands/invocation.js'

describe('a word for the shell', () => {
  it.each([
    'results/smoke',
    'quorum_r=1_w=1/1',
    'lww/arrivals=poisson(2000/s)/1',
    "it's",
    '$HOME `x`',
    'a\nb',
    '\u001b[2J',
    "a\\b\n'c",
    '',
    '-x',
    'é\u202e',
  ])('%j is read back as it was', (text) => {
    const echoed = execFileSync('bash', ['-c', `printf %s ${shellWord(text)}`], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    })
    expect(echoed).toBe(text)
  })

  it('is left alone where it is plain, and never acts on the terminal', () => {
    expect(shellWord('quorum_r=1_w=1/1')).toBe('quorum_r=1_w=1/1')
    expect(shellWord('\u001b[2J\u202e')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

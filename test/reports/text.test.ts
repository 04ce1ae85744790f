import { describe, expect, it } from 'vitest'
import { listed, markdown, plain } from '../../src/reports/text.js'

describe('text from outside', () => {
  it('is one line without anything that a terminal would obey', () => {
    expect(plain('a\nb\r\u001b[2Jc\u202ed\u200be\u2028f\ud800')).toBe('a�b�[2Jc�d�e�f�')
  })

  it('is cut where it is too long, however long', () => {
    expect(plain('x'.repeat(10_000), 10)).toBe('xxxxxxxxx…')
    expect(plain('x'.repeat(10), 10)).toBe('xxxxxxxxxx')
    expect(plain('\n'.repeat(10_000), 10)).toBe('�…')
  })

  it('cannot leave its cell of a Markdown table, nor name anybody', () => {
    expect(markdown('a|b <b>&c</b> *d* `e` @f [g](h) \\|')).toBe(
      'a\\|b &lt;b&gt;&amp;c&lt;/b&gt; \\*d\\* \\`e\\` &#64;f \\[g\\](h) \\\\\\|',
    )
  })

  it('lists names, and counts them where they are many', () => {
    expect(listed([])).toBe('')
    expect(listed(['a'])).toBe('a')
    expect(listed(['a', 'b'])).toBe('a and b')
    expect(listed(['a', 'b', 'c', 'd'])).toBe('a, b, c and d')
    expect(listed(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d and 2 more')
  })
})

/** The arithmetic of verdicts: tolerances, the risk of the whole table, and what is out. */
import { describe, expect, it } from 'vitest'
import { criticalValue, type Finding, judge } from '../../../src/advice/validate/check.js'

const known = { standardError: 0.01, freedom: null, shareOf: null }

const finding = (more: Partial<Finding>): Finding => ({
  name: 'a row',
  unit: '',
  source: 'by hand',
  expected: 1,
  measured: 1,
  n: 100,
  spread: known,
  bias: null,
  ...more,
})

const alone = (more: Partial<Finding>) => judge([['family', finding(more)]])[0]

describe('a verdict', () => {
  it('of one row allows the two-sided 99.9% of the normal distribution', () => {
    expect(alone({})?.z).toBeCloseTo(3.290527, 6)
    expect(alone({ measured: 1.0329 })?.verdict).toBe('in')
    expect(alone({ measured: 1.033 })?.verdict).toBe('out')
    expect(alone({ measured: 0.967 })?.verdict).toBe('out')
  })

  it('of one row among ten allows 99.99%, and rows without chance do not count', () => {
    const exact = ['family', finding({ spread: null })] as const
    const rows = judge([...Array.from({ length: 10 }, () => ['family', finding({})] as const), exact, exact])
    expect(rows[0]?.z).toBeCloseTo(3.890592, 6)
    expect(rows.at(-1)).toMatchObject({ z: null, standardError: null, tolerance: 0, verdict: 'in' })
  })

  it('without chance allows nothing but the bias', () => {
    expect(alone({ spread: null, measured: 1.001 })?.verdict).toBe('out')
    const bias = { value: 0.002, reason: 'rounding' }
    expect(alone({ spread: null, measured: 1.001, bias })?.verdict).toBe('in')
    expect(alone({ bias })?.tolerance).toBeCloseTo(0.002 + 0.03290527, 8)
  })

  it('over a standard error that is estimated takes the quantile of Student', () => {
    // Tables give 3.291 at infinity, 4.781 for nine degrees of freedom.
    expect(alone({ spread: { ...known, freedom: 9 } })?.z).toBeCloseTo(4.781, 3)
  })

  it('over a share allows z^2 / 3n more', () => {
    const z = 3.290527
    expect(alone({ spread: { ...known, shareOf: 1000 } })?.tolerance).toBeCloseTo(0.01 * z + (z * z) / 3000, 6)
  })

  it('of what is no number is out', () => {
    expect(alone({ measured: Number.NaN })?.verdict).toBe('out')
  })
})

/** Of a binomial: 60 of 2,000 expected at .03, where the normal distribution alone would be wrong by a factor of three. */
it('keeps the risk of rare shares, tail by tail', () => {
  const [n, p, risk] = [2000, 0.03, 1e-5]
  const z = criticalValue(null, risk)
  const reach = n * (z * Math.sqrt((p * (1 - p)) / n) + (z * z) / (3 * n))
  const chances = binomial(n, p)
  const outside = chances.filter((_, k) => Math.abs(k - n * p) > reach).reduce((sum, one) => sum + one, 0)
  expect(outside).toBeLessThan(risk)
})

function binomial(n: number, p: number): readonly number[] {
  const chances = [(1 - p) ** n]
  for (let k = 1; k <= n; k++) chances.push(((chances[k - 1] as number) * (n - k + 1) * p) / (k * (1 - p)))
  return chances
}

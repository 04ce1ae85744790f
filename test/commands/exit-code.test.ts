/** The precedence of exit codes: what needs a person's attention first. */
import { expect, it } from 'vitest'
import { FAILED, FINE, GATE_FAILED, INTERRUPTED, USAGE, worstOf } from '../../src/commands/exit-code.js'

it('puts an interruption before wrong usage, that before failed cells, those before gates, and gates before nothing', () => {
  expect(worstOf([])).toBe(FINE)
  expect(worstOf([FINE, GATE_FAILED, FINE])).toBe(GATE_FAILED)
  expect(worstOf([GATE_FAILED, FAILED])).toBe(FAILED)
  expect(worstOf([FINE, FAILED])).toBe(FAILED)
  expect(worstOf([FAILED, USAGE, FINE])).toBe(USAGE)
  expect(worstOf([USAGE, INTERRUPTED, FAILED])).toBe(INTERRUPTED)
})

/** Questions on a terminal: an answer, the default for none, another try after a wrong one, and the end of the input. */
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { NoAnswer, Questions } from '../../src/commands/questions.js'

function terminal(typed: string) {
  const input = new PassThrough()
  const output = new PassThrough()
  input.end(typed)
  return { questions: new Questions(input, output), shown: () => String(output.read() ?? '') }
}

const isEven = (answer: string): string | undefined => (Number(answer) % 2 === 0 ? undefined : `${answer} is odd.`)

describe('questions', () => {
  it('take answers that were typed ahead, without blanks around them', async () => {
    const { questions, shown } = terminal(' 2 \n4\n')
    expect(await questions.ask('First?', '0', isEven)).toBe('2')
    expect(await questions.ask('Second?', '0', isEven)).toBe('4')
    expect(shown()).toBe('First? [0]: Second? [0]: ')
  })

  it('take the default for an empty line', async () => {
    expect(await terminal('\n').questions.ask('How many?', '6', isEven)).toBe('6')
  })

  it('say what is wrong and ask again', async () => {
    const { questions, shown } = terminal('1\n2\n')
    expect(await questions.ask('How many?', '0', isEven)).toBe('2')
    expect(shown()).toBe('How many? [0]: 1 is odd.\nHow many? [0]: ')
  })

  it('end with the input', async () => {
    const { questions } = terminal('1\n')
    const answer = questions.ask('How many?', '0', isEven)
    await expect(answer).rejects.toEqual(new NoAnswer(false))
  })
})

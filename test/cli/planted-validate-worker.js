/** The worker of the table, with one expected value too large by a tenth. */
import work from '../../dist/advice/validate/worker.js'

export default function planted(task) {
  const [first, ...others] = work(task)
  return [{ ...first, expected: first.expected * 1.1 }, ...others]
}

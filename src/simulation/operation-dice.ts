/**
 * What an operation is called when dice are rolled for its messages. Row numbers depend on how a strategy interleaves, so delays keyed by
 * them would differ between strategies; a name that the workload gives (arrival number, or client and turn) does not. Names
 * are 32 bits; two operations that share one merely share their weather.
 */
import type { OperationId } from '../core/ids.js'

export class OperationDice {
  private names = new Int32Array(1024)

  set(operation: OperationId, name: number): void {
    if (operation >= this.names.length) {
      const larger = new Int32Array(2 * operation)
      larger.set(this.names)
      this.names = larger
    }
    this.names[operation] = name
  }

  get(operation: OperationId): number {
    return this.names[operation] as number
  }
}

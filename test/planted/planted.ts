/** Runs cells with a broken strategy standing in the catalog where the real one does, to see that a check catches it. */
import { vi } from 'vitest'
import { catalog } from '../../src/catalog.js'
import type { Strategy } from '../../src/replication/replica.js'

export function withPlanted<Result>(strategy: unknown, run: () => Result): Result {
  const planted = strategy as Strategy
  const find = catalog.strategies.get.bind(catalog.strategies)
  const spy = vi.spyOn(catalog.strategies, 'get')
  spy.mockImplementation((name) => (name === planted.name ? planted : find(name)))
  try {
    return run()
  } finally {
    spy.mockRestore()
  }
}

/** The object with some of its properties replaced. */
export function withReplaced<T extends object>(target: T, replaced: Partial<T>): T {
  return new Proxy(target, {
    get: (_, property) => {
      const value = Reflect.get(property in replaced ? replaced : target, property) as unknown
      return typeof value === 'function' && !(property in replaced) ? value.bind(target) : value
    },
  })
}

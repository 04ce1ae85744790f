import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, in either form, so that no worker is left with one of them at the end: without a cache of earlier runs larger files begin first. */
const LONGEST = [
  'acceptance/convergence',
  'acceptance/capacity',
  'replication/conformance',
  'cli/failures',
  'cli/commands',
  'advice/validate/families',
  'presets/conformance',
  'acceptance/wars',
  'acceptance/queueing',
  'acceptance/staleness',
  'acceptance/lost-updates',
  'acceptance/quorum-promises',
  'browser/page',
  'runner/run-plan',
]

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
  return place < 0 ? LONGEST.length : place
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other))
  }
}

const SOURCES = fileURLToPath(new URL('src/', import.meta.url))
const BUILT = fileURLToPath(new URL('dist/', import.meta.url))

/**
 * Tests name modules of src/ and get them from dist/, as Node reads them for a user: those that vitest rewrites take half as long again to load and to
 * run. What is bundled for pages is not in dist/ and comes from src/. Source maps lead errors back.
 */
const built = {
  name: 'built',
  enforce: 'pre' as const,
  resolveId(source: string, importer: string | undefined) {
    if (importer === undefined || !source.startsWith('.')) return null
    const path = resolve(dirname(importer), source)
    const place = path.startsWith(SOURCES) ? BUILT + path.slice(SOURCES.length) : null
    return place !== null && existsSync(place) ? { id: place, external: true } : null
  },
}

export default defineConfig({
  plugins: [built],
  test: {
    include: ['test/**/*.test.ts'],
    maxWorkers: '100%',
    // Modules keep no state that one test could leave to the next, and reading them anew for each file would take half a minute.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/build.ts'],
    // Node reads the built program as it does a user's; to rewrite it first takes seconds.
    server: { deps: { external: [/\/dist\//] } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})

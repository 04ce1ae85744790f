/**
 * What the build makes beside what the compiler does: the script of pages with the parts of ECharts that it uses, packed, since every page carries it;
 * those parts as one file for Node, which reads that ten times faster than hundreds; and so for the command line and its workers, which
 * share what they have in common.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, buildSync } from 'esbuild'

const place = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const common = { bundle: true, minify: true, target: 'es2022', legalComments: 'none', logLevel: 'warning' }

buildSync({
  ...common,
  entryPoints: [place('src/reports/charts/page.ts')],
  outfile: place('dist/reports/charts/page.bundle.js'),
  format: 'iife',
})
buildSync({
  ...common,
  entryPoints: [place('src/reports/charts/echarts.ts')],
  outfile: place('dist/reports/charts/echarts.js'),
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  allowOverwrite: true,
})

const script = readFileSync(place('dist/reports/charts/page.bundle.js'))
writeFileSync(place('dist/reports/charts/page.bundle.js.gz'), gzipSync(script, { level: 9 }))

/** What a module finds beside itself it finds from the top of `dist/`, where its code ends up. */
const keepPlaces = {
  name: 'keep-places',
  setup(modules) {
    modules.onLoad({ filter: /\/dist\/.*\.js$/ }, ({ path }) => {
      const there = `new URL(${JSON.stringify(`./${relative(place('dist'), path)}`)}, import.meta.url).href`
      return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', there), loader: 'js' }
    })
  },
}

for (const file of readdirSync(place('dist'))) if (file.startsWith('chunk-')) rmSync(place(`dist/${file}`))

await build({
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  entryPoints: ['cli.js', 'runner/worker.js', 'advice/validate/worker.js'].map((entry) => place(`dist/${entry}`)),
  outdir: place('dist'),
  outbase: place('dist'),
  chunkNames: 'chunk-[hash]',
  // They find files of their own beside themselves.
  external: ['piscina', 'hdr-histogram-js', 'tinybench'],
  // What is packed of CommonJS asks for modules of Node.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url)",
  },
  plugins: [keepPlaces],
  allowOverwrite: true,
  logLevel: 'warning',
})

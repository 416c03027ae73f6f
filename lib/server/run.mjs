/**
 * Runs one of the product's commands: `node lib/server/run.mjs lib/server/main.server.ts --demo`. Its modules are first
 * put together into one file of JavaScript, in a fifth of a second, so that nothing translates TypeScript while requests
 * come in: a loader costs them about a quarter of their CPU time. Plain JavaScript, since it runs before that.
 */
import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ROOT = path.resolve(import.meta.dirname, '../..')
const [node = '', , command, ...options] = process.argv

if (command === undefined) {
  console.error('Name the command to run, such as lib/server/main.server.ts.')
  process.exit(1)
}
const entry = path.resolve(ROOT, command)
const bundle = path.join(ROOT, '.build', path.relative(ROOT, entry)).replace(/\.ts$/, '.mjs')
// Commands of one checkout may start at the same time; each finds a whole file.
const written = `${bundle}.${randomUUID()}.mjs`
await build({
  absWorkingDir: ROOT,
  entryPoints: [entry],
  outfile: written,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  sourcemap: 'inline',
  sourcesContent: false,
  logLevel: 'error',
})
await rename(written, bundle)
process.setSourceMapsEnabled(true)
process.argv = [node, entry, ...options]
await import(pathToFileURL(bundle).href)

/**
 * Runs one of the product's commands: `node lib/server/run.mjs lib/server/main.server.ts --demo`. Its modules are first
 * put together into one file of JavaScript, in a fifth of a second, so that nothing translates TypeScript while requests
 * come in: a loader costs them about a quarter of their CPU time. Plain JavaScript, since it runs before that.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, stop } from 'esbuild'

const ROOT = path.resolve(import.meta.dirname, '../..')
const [node = '', , command, ...options] = process.argv

if (command === undefined) {
  console.error('Name the command to run, such as lib/server/main.server.ts.')
  process.exit(1)
}
const entry = path.resolve(ROOT, command)
const bundle = path.join(ROOT, '.build', path.relative(ROOT, entry)).replace(/\.ts$/, '.mjs')
const { outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints: [entry],
  outfile: bundle,
  write: false,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  sourcemap: 'inline',
  sourcesContent: false,
  logLevel: 'error',
})
// Its process would stay beside the command for as long as that runs.
await stop()
const [{ contents }] = outputFiles
// A folder that was built before needs no right to write at a start.
if (!(await readFile(bundle).catch(() => null))?.equals(contents)) await writeWhole(bundle, contents)
process.setSourceMapsEnabled(true)
process.argv = [node, entry, ...options]
await import(pathToFileURL(bundle).href)

/** Commands of one checkout may start at the same time; each finds a whole file. */
async function writeWhole(file, contents) {
  const written = `${file}.${randomUUID()}`
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(written, contents)
  await rename(written, file)
}

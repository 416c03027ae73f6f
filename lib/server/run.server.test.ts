import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PROJECT_ROOT, RUN_COMMAND } from './project-root.server'

const run = promisify(execFile)
let folder: string
let command: string

beforeEach(async () => {
  folder = path.join(PROJECT_ROOT, '.build', `test-${randomUUID()}`)
  command = path.join(folder, 'command.ts')
  await mkdir(folder, { recursive: true })
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
  await rm(path.join(PROJECT_ROOT, '.build', path.relative(PROJECT_ROOT, folder)), {
    recursive: true,
    force: true,
  })
})

async function output(...options: string[]): Promise<string> {
  const args = [RUN_COMMAND, command, ...options]
  return (await run(process.execPath, args, { env: { ...process.env }, timeout: 20_000 })).stdout
}

test('a command of TypeScript runs with its options and without a loader, as it is now', async () => {
  const say = (word: string) =>
    `const word: string = '${word}'\nconsole.log(word, process.argv.slice(2).join(), process.execArgv.length)\n`
  await writeFile(command, say('first'))
  expect(await output('--demo', 'x')).toBe('first --demo,x 0\n')
  await writeFile(command, say('second'))
  expect(await output()).toBe('second  0\n')
})

test('what is put together already is not written again: a start needs no right to', async () => {
  const relative = path.relative(PROJECT_ROOT, command).replace(/ts$/, 'mjs')
  const bundle = path.join(PROJECT_ROOT, '.build', relative)
  await writeFile(command, `console.log('first')\n`)
  await output()
  const first = await stat(bundle, { bigint: true })
  await output()
  expect((await stat(bundle, { bigint: true })).mtimeNs).toBe(first.mtimeNs)
  await writeFile(command, `console.log('second')\n`)
  await output()
  expect((await stat(bundle, { bigint: true })).mtimeNs).not.toBe(first.mtimeNs)
})

test.runIf(process.platform === 'linux')('nothing that put it together stays beside a command', async () => {
  const wait = `
    import { readFileSync } from 'node:fs'
    const children = '/proc/self/task/' + process.pid + '/children'
    while (readFileSync(children, 'utf8') !== '') await new Promise((resolve) => setTimeout(resolve, 10))
    console.log('alone')`
  await writeFile(command, wait)
  expect(await output()).toBe('alone\n')
})

test('an error names the line of the source', async () => {
  await writeFile(command, `type Nothing = null\n\nthrow new Error('broken')\n`)
  await expect(output()).rejects.toThrow(/command\.ts:3/)
})

test('what cannot be put together is told', async () => {
  await writeFile(command, `import './nothing-there'\n`)
  await expect(output()).rejects.toThrow(/Could not resolve "\.\/nothing-there"/)
})

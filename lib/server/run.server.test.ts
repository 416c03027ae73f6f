import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
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
  return (await run(process.execPath, [RUN_COMMAND, command, ...options], { env: { ...process.env } })).stdout
}

test('a command of TypeScript runs with its options and without a loader, as it is now', async () => {
  const say = (word: string) =>
    `const word: string = '${word}'\nconsole.log(word, process.argv.slice(2).join(), process.execArgv.length)\n`
  await writeFile(command, say('first'))
  expect(await output('--demo', 'x')).toBe('first --demo,x 0\n')
  await writeFile(command, say('second'))
  expect(await output()).toBe('second  0\n')
})

test('an error names the line of the source', async () => {
  await writeFile(command, `type Nothing = null\n\nthrow new Error('broken')\n`)
  await expect(output()).rejects.toThrow(/command\.ts:3/)
})

test('what cannot be put together is told', async () => {
  await writeFile(command, `import './nothing-there'\n`)
  await expect(output()).rejects.toThrow(/Could not resolve "\.\/nothing-there"/)
})

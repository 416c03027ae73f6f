import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readEnvironment, setEnvironment } from '@/lib/platform/env.server'
import { deriveSecret } from './secret.server'

async function useNewFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(readEnvironment().SIGHTGLASS_DATA_DIR, 'secret-'))
  setEnvironment({ SIGHTGLASS_DATA_DIR: folder })
  return folder
}

test('the secret is made once, for this user alone, and gives each purpose its own key', async () => {
  const folder = await useNewFolder()
  const [first, second] = await Promise.all([deriveSecret('session'), deriveSecret('session')])
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(second).toBe(first)
  expect(await deriveSecret('another')).not.toBe(first)
  expect(await readdir(folder)).toEqual(['secret'])
  expect((await stat(path.join(folder, 'secret'))).mode & 0o777).toBe(0o600)
})

test('a secret that is cut short is refused instead of used', async () => {
  const folder = await useNewFolder()
  await writeFile(path.join(folder, 'secret'), 'short')
  await expect(deriveSecret('session')).rejects.toThrow('delete it')
})

test('SIGHTGLASS_SECRET goes before the file, so that several processes share sessions', async () => {
  setEnvironment({ SIGHTGLASS_SECRET: 'a secret of sixteen characters' })
  const shared = await deriveSecret('session')
  const folder = await useNewFolder()
  expect(await deriveSecret('session')).toBe(shared)
  expect(await readdir(folder)).toEqual([])
})

import { expect, test } from 'vitest'
import { setEnvironment } from '../platform/env.server'
import { openSecret, sealSecret } from './sealed-secret.server'

const secret = 'sk-a-very-secret-key-ünïcode'

test('a sealed key opens again, and no two seals are alike', async () => {
  const one = await sealSecret({ providerSlug: 'helios', secret })
  const two = await sealSecret({ providerSlug: 'helios', secret })
  expect(one).not.toBe(two)
  expect(one).toMatch(/^v1\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/)
  expect(one).not.toContain(secret)
  expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString()).not.toContain('secret')
  expect(await openSecret({ providerSlug: 'helios', sealed: one })).toBe(secret)
  expect(await openSecret({ providerSlug: 'helios', sealed: two })).toBe(secret)
})

test('a key opens for no other provider', async () => {
  const sealed = await sealSecret({ providerSlug: 'helios', secret })
  await expect(openSecret({ providerSlug: 'borealis', sealed })).rejects.toThrow(
    /stored key of borealis cannot be opened.*Enter the key again/,
  )
})

test('a key that was damaged anywhere does not open', async () => {
  const sealed = await sealSecret({ providerSlug: 'helios', secret })
  const parts = sealed.split('.')
  for (const [index, part] of parts.entries()) {
    const flipped = parts.with(index, `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}`).join('.')
    await expect(openSecret({ providerSlug: 'helios', sealed: flipped })).rejects.toThrow(/cannot be opened/)
  }
  for (const broken of ['', 'v1', 'v1...', sealed.slice(0, -4), `${sealed}.x`, `v2${sealed.slice(2)}`]) {
    await expect(openSecret({ providerSlug: 'helios', sealed: broken })).rejects.toThrow(/cannot be opened/)
  }
})

test('a key sealed under another secret does not open, and the message does not hold it', async () => {
  const sealed = await sealSecret({ providerSlug: 'helios', secret })
  setEnvironment({ SIGHTGLASS_SECRET: 'quite-another-secret' })
  try {
    const error = await openSecret({ providerSlug: 'helios', sealed }).catch((thrown: unknown) => thrown)
    expect(String(error)).toMatch(/SIGHTGLASS_SECRET/)
    expect(String(error)).not.toContain(secret)
  } finally {
    setEnvironment({ SIGHTGLASS_SECRET: '' })
  }
  expect(await openSecret({ providerSlug: 'helios', sealed })).toBe(secret)
})

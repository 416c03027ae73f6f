import { expect, test } from 'vitest'
import { AppError } from '../platform/errors'
import { type CurrentPreset, decidePresetChange } from './decide-preset-change'
import type { PatchPresetBody } from './schema'

const current: CurrentPreset = {
  slug: 'tool-runner',
  name: 'Tool runner',
  description: 'For agents',
  status: 'active',
  content: {
    version: 3,
    creator: 'ada@example.com',
    createdAtMs: Date.parse('2026-11-24T10:45:00Z'),
    systemPrompt: 'Be brief.',
    config: { models: ['acme/atlas-120b'], temperature: 0 },
  },
}
const old = { systemPrompt: null, config: { models: ['acme/atlas-8b'] } }
const decide = (patch: PatchPresetBody, rollback: typeof old | null = null) =>
  decidePresetChange({ current, patch, rollback })

test.each([
  ['nothing given', {}],
  [
    'everything as it is',
    { slug: 'tool-runner', name: 'Tool runner', status: 'active', expected_version: 3 },
  ],
  [
    'the same content',
    { config: { temperature: 0, models: ['acme/atlas-120b'] }, system_prompt: 'Be brief.' },
  ],
] as const)('%s changes nothing', (_claim, patch) => {
  expect(decide(patch as PatchPresetBody)).toEqual({ fields: {}, content: null })
})

test('content is replaced as a whole, field by field of the PATCH', () => {
  expect(decide({ config: { top_p: 1 } }).content).toEqual({
    systemPrompt: 'Be brief.',
    config: { top_p: 1 },
  })
  for (const system_prompt of [null, '']) {
    expect(decide({ system_prompt }).content).toEqual({ systemPrompt: null, config: current.content.config })
  }
})

test('names and status change without a version', () => {
  expect(decide({ slug: 'runner', name: 'Runner', description: null, status: 'disabled' })).toEqual({
    fields: { slug: 'runner', name: 'Runner', description: null, status: 'disabled' },
    content: null,
  })
})

test('a rollback takes the old version’s content, unless that is what is in use', () => {
  expect(decide({ designated_version: 1 }, old).content).toEqual(old)
  const { systemPrompt, config } = current.content
  expect(
    decidePresetChange({ current, patch: { designated_version: 2 }, rollback: { systemPrompt, config } })
      .content,
  ).toBeNull()
})

test.each([
  [
    { expected_version: 2 },
    'conflict',
    'ada@example.com changed "tool-runner" to version 3 on 24 Nov 2026, 10:45 UTC',
  ],
  [{ designated_version: 1, config: {} }, 'validation_failed', 'Some fields'],
])('%j is refused as %s', (patch, code, words) => {
  expect(() => decide(patch, old)).toThrow(AppError)
  expect(() => decide(patch, old)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(words) }),
  )
})

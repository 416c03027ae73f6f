import { expect, test } from 'vitest'
import type { CreatePresetBody, Preset } from '../schema'
import { draftChanges } from './draft-changes'
import { draftToBody } from './draft-to-body'
import { draftOfPreset, type PresetDraft } from './preset-draft'

const at = '2026-11-24T10:00:00.000Z'
const base: Preset = {
  ...{ id: 'p', slug: 'runner', name: 'Runner', description: null, status: 'active', creator_user_id: 'ada' },
  ...{
    workspace_id: 'w',
    designated_version_id: 'v',
    created_at: at,
    updated_at: at,
    status_updated_at: null,
  },
  designated_version: {
    ...{ id: 'v', preset_id: 'p', version: 1, creator_id: 'ada', system_prompt: 'Be brief.' },
    ...{ config: { model: 'acme/atlas-8b', stop: 'END' }, created_at: at, updated_at: at },
  },
}
const config = { models: ['acme/atlas-8b'], stop: ['END'] }

function bodyOf(change: Partial<PresetDraft>): CreatePresetBody {
  const checked = draftToBody({ ...draftOfPreset(base), ...change })
  if (!checked.ok) throw new Error('expected a form without errors')
  return checked.body
}

test.each<[string, Partial<PresetDraft>, object]>([
  ['nothing, shorthands included', {}, {}],
  ['a name', { name: 'New' }, { name: 'New' }],
  ['a slug', { slug: 'new-runner' }, { slug: 'new-runner' }],
  ['a description', { description: 'For agents' }, { description: 'For agents' }],
  ['a prompt brings the config along', { systemPrompt: '' }, { system_prompt: null, config }],
  [
    'a guard brings the prompt along',
    { safeguards: { ...draftOfPreset(base).safeguards, tool_call_guard: { isOn: true, isWritten: false } } },
    { system_prompt: 'Be brief.', config: { ...config, tool_call_guard: 'retry' } },
  ],
])('%s', (_what, change, expected) => {
  expect(draftChanges({ body: bodyOf(change), base })).toEqual(expected)
})

import { expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import type { ApiShape } from '../../records/vocabulary'
import { messagesWireRules } from '../anthropic-messages/wire-rules'
import { chatWireRules } from '../openai-chat/wire-rules'
import { ALL_SHAPES } from '../registry'
import { applyEdits, describeEdits } from './apply-edits'
import { vendorEdits } from './vendor-rules'

/** What an endpoint does to a body, in words. */
function done(apiShape: ApiShape, host: string, upstreamModel: string, body: JsonObject): string[] {
  const wire = apiShape === 'openai-chat' ? chatWireRules : messagesWireRules
  const edits = [...wire.edits, ...vendorEdits({ apiShape, host, upstreamModel })]
  return describeEdits(applyEdits(body, edits, { wire, mayDrop: () => true }).made)
}

const LIMIT = 'max_tokens sent as max_completion_tokens'
const SYSTEM = 'role developer sent as system'
const CHAT = {
  messages: [{ role: 'developer', content: 'x' }],
  max_tokens: 9,
  temperature: 0.2,
  stream_options: {},
  presence_penalty: 0.1,
}
const CLAUDE = {
  thinking: { type: 'enabled', budget_tokens: 9000 },
  temperature: 0.5,
  top_p: 0.9,
  top_k: 1,
  metadata: { user_id: 'u'.repeat(300) },
}
const USER_ID = 'metadata.user_id shortened to 256 characters'
const BY_EFFORT = [
  'thinking sent as adaptive with an effort',
  'temperature left out',
  'top_p left out',
  'top_k left out',
]

const rows: [ApiShape, string, string, JsonObject, string[]][] = [
  ['openai-chat', 'api.openai.com', 'gpt-4o', CHAT, []],
  [
    'openai-chat',
    'api.openai.com',
    'o3-mini',
    CHAT,
    [LIMIT, 'temperature left out', 'presence_penalty left out'],
  ],
  [
    'openai-chat',
    'api.openai.com',
    'gpt-5-mini-2025-08-07',
    CHAT,
    [LIMIT, 'temperature left out', 'presence_penalty left out'],
  ],
  ['openai-chat', 'api.openai.com', 'gpt-5-chat-latest', CHAT, []],
  ['openai-chat', 'api.openai.com', 'gpt-5.2', CHAT, []],
  [
    'openai-chat',
    'x.openai.azure.com',
    'gpt-5',
    CHAT,
    [LIMIT, 'temperature left out', 'presence_penalty left out'],
  ],
  ['openai-chat', 'notopenai.com', 'gpt-5', CHAT, [SYSTEM]],
  ['openai-chat', 'api.mistral.ai', 'mistral-large', CHAT, [SYSTEM, 'stream_options left out']],
  ['openai-chat', 'adb-1.2.azuredatabricks.net', 'm', CHAT, [SYSTEM, 'stream_options left out']],
  ['openai-chat', 'api.x.ai', 'grok-4.5', CHAT, [SYSTEM, 'presence_penalty left out']],
  ['openai-chat', 'api.x.ai', 'grok-2', CHAT, [SYSTEM]],
  ['openai-chat', 'api.moonshot.ai', 'kimi-k3', CHAT, [SYSTEM, 'temperature left out']],
  ['openai-chat', '127.0.0.1', 'm', CHAT, [SYSTEM]],
  ['anthropic-messages', 'api.anthropic.com', 'claude-sonnet-4-20250514', CLAUDE, [USER_ID]],
  [
    'anthropic-messages',
    'api.anthropic.com',
    'claude-sonnet-4-5-20250929',
    CLAUDE,
    [USER_ID, 'top_p left out beside temperature'],
  ],
  ['anthropic-messages', 'api.anthropic.com', 'claude-opus-4-7', CLAUDE, [USER_ID, ...BY_EFFORT]],
  [
    'anthropic-messages',
    'bedrock-runtime.eu-west-1.amazonaws.com',
    'eu.anthropic.claude-opus-5-v1:0',
    CLAUDE,
    [USER_ID, ...BY_EFFORT],
  ],
]
test.each(rows)('%s at %s: %s', (apiShape, host, model, body, expected) => {
  expect(done(apiShape, host, model, body)).toEqual(expected)
})

test('Mistral gets its own names and ids', () => {
  const body = {
    seed: 7,
    max_completion_tokens: 5,
    messages: [
      { role: 'assistant', reasoning_content: 'x', tool_calls: [{ id: 'call_1', function: { name: 'a' } }] },
      { role: 'tool', tool_call_id: 'call_1', content: '' },
    ],
  }
  expect(done('openai-chat', 'api.mistral.ai', 'm', body)).toEqual([
    'max_completion_tokens sent as max_tokens',
    'seed sent as random_seed',
    'reasoning_content left out',
    'call ids written in 9 letters and digits',
  ])
})

test('no two optional parameters of a shape go by the same name, since lessons are told apart by it', () => {
  for (const { shape } of ALL_SHAPES) {
    const names = shape.wireRules.optional.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  }
})

import { expect, test } from 'vitest'
import type { JsonObject } from '../platform/json-value'
import type { ProviderPreferences } from '../presets/schema'
import { shapeNamed } from '../shapes/registry'
import type { LearnedEdit } from '../shapes/rules/schema'
import { fitRequest } from './fit-request'

const messages = [{ role: 'user', content: 'hi' }]
const SEED: LearnedEdit = {
  edit: { kind: 'drop', parameter: 'seed', at: ['seed'] },
  said: 'no',
  learnedAtMs: 1,
}

function fitted(
  body: JsonObject,
  {
    preferences = {},
    lessons = [],
    isStream = false,
  }: { preferences?: ProviderPreferences; lessons?: LearnedEdit[]; isStream?: boolean } = {},
) {
  const { edits } = shapeNamed('openai-chat').wireRules
  const connection = { apiShape: 'openai-chat', upstreamModel: 'atlas', edits } as const
  const asked = { shape: 'openai-chat', body, isStream, preferences } as const
  return fitRequest(asked, connection, { textSoFar: null, lessons, nowMs: 7 })
}

const sentBy = ({ request }: ReturnType<typeof fitted>) => JSON.parse(request.text)
const refusal = (...names: string[]) => ({
  status: 422,
  text: JSON.stringify({
    detail: names.map((name) => ({ type: 'extra_forbidden', loc: ['body', name], msg: 'Extra inputs' })),
  }),
})

test('what an endpoint taught before is done at once', () => {
  const fitting = fitted({ messages, seed: 1 }, { lessons: [SEED] })
  expect(sentBy(fitting)).toEqual({ messages, model: 'atlas' })
  expect(fitting.request.amendments).toEqual(['seed left out'])
  expect(fitting.lessons).toEqual([])
})

test('refusals are mended one after the other, and each is a lesson', () => {
  const fitting = fitted({ messages, seed: 1, store: true, user: 'u' })
  expect(fitting.mend(refusal('seed'))?.amendments).toEqual([
    'seed left out, since it was refused: Extra inputs',
  ])
  expect(fitting.mend(refusal('store', 'user'))).toBe(fitting.request)
  expect(sentBy(fitting)).toEqual({ messages, model: 'atlas' })
  expect(fitting.lessons.map(({ edit }) => 'parameter' in edit && edit.parameter)).toEqual([
    'seed',
    'store',
    'user',
  ])
  expect(fitting.lessons[0]).toEqual({ ...SEED, said: 'Extra inputs', learnedAtMs: 7 })
})

test('a refusal that cannot be mended, or was mended already, ends it', () => {
  const fitting = fitted({ messages, seed: 1, tools: [] })
  expect(fitting.mend(refusal('tools'))).toBeNull()
  expect(fitting.refusesParameter(refusal('tools'))).toBe(true)
  expect(fitting.mend(refusal('seed'))).not.toBeNull()
  expect(fitting.mend(refusal('seed'))).toBeNull()
  expect(fitting.refusesParameter(refusal('seed'))).toBe(false)
})

test('an endpoint that refuses ever more is left alone', () => {
  const names = ['seed', 'store', 'user', 'temperature', 'top_p', 'min_p']
  const fitting = fitted({ messages, ...Object.fromEntries(names.map((name) => [name, 1])) })
  expect(names.map((name) => fitting.mend(refusal(name)) !== null)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ])
})

test('nothing of the client’s is left out where it says so, only what the gateway added', () => {
  const preferences = { require_parameters: true }
  const kept = fitted({ messages, seed: 1 }, { preferences, lessons: [SEED], isStream: true })
  expect(sentBy(kept).seed).toBe(1)
  expect(kept.mend(refusal('seed'))).toBeNull()
  expect(kept.mend(refusal('stream_options'))).not.toBeNull()
  const asked = fitted({ messages, stream_options: {} }, { preferences, isStream: true })
  expect(asked.mend(refusal('stream_options'))).toBeNull()
})

test('names that are too long go out shortened and can be told again', () => {
  const name = 'mcp__server__'.repeat(8)
  const fitting = fitted({ messages, tools: [{ type: 'function', function: { name } }] })
  const short = sentBy(fitting).tools[0].function.name
  expect(short).toHaveLength(64)
  expect(fitting.request.toolNames).toEqual(new Map([[short, name]]))
})

test('a body that nests without end is the client’s mistake', () => {
  let deep: unknown = []
  for (let depth = 0; depth < 200_000; depth += 1) deep = [deep]
  expect(() => fitted({ messages: [], metadata: deep })).toThrow('nests too deeply')
})

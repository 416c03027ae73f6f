import { expect, test } from 'vitest'
import { steeringFields } from './steering-fields'

test.each<[string, unknown, string, string]>([
  ['a model that is a number', { model: 7 }, 'model', 'expected a model such as acme/atlas-120b'],
  ['models that are no list', { models: 'acme/atlas-120b' }, 'models', 'expected a list of models'],
  ['a preset that is no slug', { preset: 'Not A Slug' }, 'preset', 'expected lower-case letters'],
  ['a provider rule that is unknown', { provider: { prefer: [] } }, 'provider', 'Unrecognized key'],
  ['a session id that is a number', { session_id: 7 }, 'session_id', 'expected text'],
])('refuses %s and names the field', (_, body, field, message) => {
  const { error } = steeringFields.safeParse(body)
  expect(error?.issues[0]?.path[0]).toBe(field)
  expect(error?.issues[0]?.message).toContain(message)
})

test('keeps what is the shape’s own', () => {
  const body = {
    model: '@preset/tool-runner',
    messages: [{ role: 'user', content: 'Hi' }],
    anything: [1, null],
  }
  expect(steeringFields.parse(body)).toEqual(body)
})

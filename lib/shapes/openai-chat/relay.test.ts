import { describe, expect, test } from 'vitest'
import { type JsonObject, objectOf, objectsOf } from '../../platform/json-value'
import { createSseParser } from '../../platform/sse/parse-sse'
import { callIdFor } from '../call-id'
import type { AnswerEnd } from '../shape'
import { createRelay } from './relay'

const identity = {
  id: 'gen-1',
  model: 'acme/atlas-120b',
  providerName: 'Helios',
  createdSeconds: 1_795_000_000,
}
const end: AnswerEnd = { costUsd: 0.002, metadata: { attempt: 1 } }
const nothing: AnswerEnd = { costUsd: null, metadata: null }
const problem = { status: 502, type: 'provider_unavailable', message: 'Helios: broke off' } as const
const asked = { stream_options: { include_usage: true } }

const chunk = (delta: object, finish_reason: string | null = null, more: object = {}) => ({
  id: 'up-1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason }],
  ...more,
})
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const usageChunk = { id: 'up-1', choices: [], usage }

function parse(text: string): (JsonObject | '[DONE]')[] {
  const parser = createSseParser()
  return [...parser.push(Buffer.from(text)), ...parser.end()].map(({ data }) =>
    data === '[DONE]' ? data : objectOf(JSON.parse(data)),
  )
}

function relay(
  chunks: readonly object[],
  { request = {}, last = nothing }: { request?: JsonObject; last?: AnswerEnd } = {},
) {
  const made = createRelay({ identity, promptTokens: null, request })
  const passed = made.pass(chunks.map((value) => ({ event: null, data: JSON.stringify(value), value })))
  return parse(passed + made.finish(last))
}

const deltasOf = (chunks: readonly (JsonObject | '[DONE]')[]) =>
  chunks.flatMap((one) => objectsOf(objectOf(one).choices).map(({ delta }) => objectOf(delta)))

describe('createRelay', () => {
  test('chunks pass under our id, model and provider, with what else they hold', () => {
    const [first] = relay([chunk({ content: 'Hi' }, null, { system_fingerprint: 'fp', usage: null })])
    expect(first).toEqual({
      ...chunk({ content: 'Hi' }),
      id: 'gen-1',
      model: 'acme/atlas-120b',
      provider: 'Helios',
      system_fingerprint: 'fp',
    })
  })

  test('a client that asked for the usage gets it in a chunk of its own, with cost and metadata, before [DONE]', () => {
    const events = relay([chunk({ content: 'Hi' }), chunk({}, 'stop'), usageChunk], {
      request: asked,
      last: end,
    })
    expect(events).toHaveLength(4)
    expect(events.slice(2)).toMatchObject([
      { choices: [], usage: { prompt_tokens: 3, cost: 0.002 }, openrouter_metadata: { attempt: 1 } },
      '[DONE]',
    ])
  })

  test('a client that did not ask gets no chunk without choices: the usage stands beside the finish reason', () => {
    const events = relay([chunk({ content: 'Hi' }), chunk({}, 'stop'), usageChunk], { last: end })
    expect(events.slice(1)).toMatchObject([
      {
        choices: [{ finish_reason: 'stop' }],
        usage: { ...usage, cost: 0.002 },
        openrouter_metadata: { attempt: 1 },
      },
      '[DONE]',
    ])
  })

  test('without usage from the provider a chunk is added only for metadata', () => {
    const chunks = [chunk({ content: 'Hi' }), chunk({}, 'stop')]
    expect(relay(chunks, { request: asked })).toHaveLength(3)
    expect(relay(chunks, { request: asked, last: end }).at(-2)).toMatchObject({
      choices: [],
      openrouter_metadata: { attempt: 1 },
    })
  })

  test.each<[string, object[]]>([
    [
      'the first',
      [chunk({ content: 'One ' }, null, { usage }), chunk({ content: 'two' }), chunk({}, 'stop')],
    ],
    [
      'every',
      ['One ', 'two']
        .map((content) => chunk({ content }, null, { usage }))
        .concat(chunk({}, 'stop', { usage })),
    ],
    ['the last with text', [chunk({ content: 'One ' }), chunk({ content: 'two' }, 'stop', { usage })]],
    [
      "Groq's last",
      [chunk({ content: 'One ' }), chunk({ content: 'two' }), chunk({}, 'stop', { x_groq: { usage } })],
    ],
  ])('usage on %s chunk neither reorders the text nor comes twice', (_, chunks) => {
    const events = relay(chunks)
    expect(
      deltasOf(events)
        .map(({ content }) => content ?? '')
        .join(''),
    ).toBe('One two')
    expect(events.filter((one) => objectOf(one).usage !== undefined)).toEqual([events.at(-2)])
    expect(events.at(-2)).toMatchObject({ usage, choices: [{ finish_reason: 'stop' }] })
  })

  test('only the last usage counts', () => {
    const early = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 }
    const events = relay([chunk({ content: 'a' }, null, { usage: early }), chunk({}, 'stop'), usageChunk])
    expect(events.at(-2)).toMatchObject({ usage })
  })

  const begun = (id: string, fields: object = {}) => ({
    id,
    type: 'function',
    function: { name: 'a', arguments: '{}' },
    ...fields,
  })
  test.each<[string, object[][], number[]]>([
    ['no index', [[begun('a')], [begun('b')]], [0, 1]],
    [
      'one index for all',
      [[begun('a', { index: 0 })], [begun('b', { index: 0 })], [{ index: 0, function: { arguments: '' } }]],
      [0, 1, 1],
    ],
    ['two in one delta', [[begun('a'), begun('b')], [{ id: 'a', function: { arguments: ' ' } }]], [0, 1, 0]],
    [
      'the later index first',
      [[begun('b', { index: 1 })], [begun('a', { index: 0 })], [{ index: 1, function: { arguments: ' ' } }]],
      [0, 1, 0],
    ],
    [
      'one index and interleaved ids',
      [
        [begun('a', { index: 0 })],
        [begun('b', { index: 0 })],
        [{ index: 0, id: 'a', function: { arguments: ' ' } }],
      ],
      [0, 1, 0],
    ],
    [
      'a new id with every piece',
      [[begun('a', { index: 0 })], [{ index: 0, id: 'x', function: { arguments: ' ' } }]],
      [0, 0],
    ],
    ['indexes as they should be', [[begun('a', { index: 0 })], [begun('b', { index: 1 })]], [0, 1]],
  ])('calls with %s are numbered in order of first sight', (_, deltas, expected) => {
    const events = relay(deltas.map((tool_calls) => chunk({ tool_calls })))
    const indexes = deltasOf(events).flatMap(({ tool_calls }) =>
      objectsOf(tool_calls).map(({ index }) => index),
    )
    expect(indexes).toEqual(expected)
  })

  test('an answer that ends in calls says so, whatever the provider calls it; another reason stays', () => {
    const call = chunk({ tool_calls: [begun('a')] })
    expect(relay([call, chunk({}, 'stop')]).at(-2)).toMatchObject({
      choices: [{ finish_reason: 'tool_calls' }],
    })
    expect(relay([call, chunk({}, 'length')]).at(-2)).toMatchObject({
      choices: [{ finish_reason: 'length' }],
    })
    expect(relay([chunk({}, 'stop')]).at(-2)).toMatchObject({ choices: [{ finish_reason: 'stop' }] })
  })

  test('a thought signature stays beside its call, and travels in the id for clients that forget it', () => {
    const extra_content = { google: { thought_signature: 'th' } }
    const [first] = deltasOf(relay([chunk({ tool_calls: [begun('a', { extra_content })] })]))
    expect(objectsOf(first?.tool_calls)).toMatchObject([
      { id: callIdFor({ id: 'a', thoughtSignature: 'th' }), extra_content },
    ])
  })

  test('a break is an error chunk with the finish reason error, after all that had come', () => {
    const made = createRelay({ identity, promptTokens: null, request: {} })
    const chunks = [chunk({ content: 'Hi' }), chunk({}, 'stop')]
    const passed = made.pass(chunks.map((value) => ({ event: null, data: JSON.stringify(value), value })))
    expect(parse(passed + made.fail(problem, nothing))).toMatchObject([
      { choices: [{ delta: { content: 'Hi' } }] },
      { choices: [{ finish_reason: 'stop' }] },
      {
        error: { code: 502, message: 'Helios: broke off' },
        choices: [{ finish_reason: 'error' }],
        provider: 'Helios',
      },
      '[DONE]',
    ])
  })
})

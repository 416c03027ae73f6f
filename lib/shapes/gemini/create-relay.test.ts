import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSseParser } from '../../platform/sse/parse-sse'
import { ABSENT_SIGNATURE } from './model-rules'
import { sealSignature } from './sealed-signature'
import { gemini } from './shape'
import { withTopLevelFields } from './top-level-fields'

const identity = { id: 'gen-1', model: 'acme/atlas-120b', providerName: 'Acme', createdSeconds: 1 }
const relayOf = (request = {}) => gemini.createRelay({ identity, promptTokens: null, request })
const piece = (data: string) => ({ event: null, data, value: JSON.parse(data) as unknown })
const dataOf = (text: string) =>
  createSseParser()
    .push(Buffer.from(text))
    .map(({ data }) => data)

describe('the relay of a Gemini stream', () => {
  test('hands on each response as it is written, under our names', () => {
    const relay = relayOf()
    const data =
      '{"candidates": [{"content": {"parts": [{"functionCall": {"name": "f","args": {"id": 12345678901234567890, "responseId": "mine"}}}]}}],"modelVersion": "gemini-3-flash","responseId": "abc"}'
    expect(dataOf(relay.pass([piece(data)]))).toEqual([
      data.replace(' "gemini-3-flash"', '"acme/atlas-120b"').replace(' "abc"', '"gen-1"'),
    ])
  })

  test('holds the end back for the cost and the metadata', () => {
    const relay = relayOf()
    const last = '{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1}}'
    expect(relay.pass([piece('{"candidates":[]}'), piece(last)])).toBe(
      'data: {"candidates":[],"modelVersion":"acme/atlas-120b","responseId":"gen-1"}\n\n',
    )
    const [end] = dataOf(relay.finish({ costUsd: 0.5, metadata: { attempt: 1 } }))
    expect(JSON.parse(end ?? '')).toEqual({
      candidates: [{ finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, cost: 0.5 },
      modelVersion: 'acme/atlas-120b',
      responseId: 'gen-1',
      provider: 'Acme',
      openrouter_metadata: { attempt: 1 },
    })
  })

  test('writes a list where events were not asked for, and breaks off within it', () => {
    const relay = relayOf({ alt: 'json' })
    const last = piece('{\n "candidates": [{"finishReason": "STOP"}]\n}')
    const text = relay.pass([piece('{"candidates":[]}'), last])
    const problem = { status: 502, type: 'provider_unavailable' as const, message: 'Cut.' }
    expect(JSON.parse(text + relay.fail(problem, { costUsd: null, metadata: null }))).toMatchObject([
      { candidates: [] },
      { candidates: [{ finishReason: 'STOP' }], responseId: 'gen-1' },
      { error: { code: 502, status: 'UNAVAILABLE' } },
    ])
  })
})

test('top-level fields are set in the text as they would be in the value', () => {
  const json = fc.dictionary(fc.string(), fc.jsonValue())
  fc.assert(
    fc.property(
      json,
      fc.dictionary(fc.constantFrom('a', 'b', '"', '\\'), fc.jsonValue()),
      fc.nat(2),
      (value, set, indent) => {
        const given = { ...value, a: 1 }
        const fields = Object.fromEntries(
          Object.entries(set).map(([name, field]) => [name, JSON.stringify(field)]),
        )
        // Names with escapes are never ours; they are added beside what is there.
        fc.pre(Object.keys(set).every((name) => /^\w$/.test(name)))
        const text = withTopLevelFields(JSON.stringify(given, null, indent), fields)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...given, ...set })))
      },
    ),
  )
  expect(withTopLevelFields('[]', { a: '1' })).toBe('[]')
  expect(withTopLevelFields('{}', { a: '1' })).toBe('{"a":1}')
})

describe('relayRequest', () => {
  const thinking = {
    type: 'reasoning' as const,
    kind: 'text' as const,
    text: 'Hm.',
    signature: 'EqQB',
    id: null,
    format: 'anthropic-claude-v1' as const,
  }
  const seal = sealSignature([thinking])
  const relay = (body: Record<string, unknown>, upstreamModel = 'gemini-3-flash') =>
    gemini.relayRequest(body, { upstreamModel, isStream: true })

  test('takes out what stands in the path and hands on the rest as it is', () => {
    const contents = [{ role: 'model', parts: [{ text: 'a', thoughtSignature: 'real' }] }]
    const body = { contents, safetySettings: [], cachedContent: 'cachedContents/1', labels: { team: 'x' } }
    const relayed = relay({ ...body, model: 'acme/atlas', stream: true, alt: 'json' })
    expect(relayed).toEqual(body)
    expect((relayed.contents as unknown[])[0]).toBe(contents[0])
  })

  test('takes off the seals of other providers’ reasoning', () => {
    const call = { functionCall: { name: 'f', args: {} } }
    const contents = [
      {
        role: 'model',
        parts: [
          { text: '', thoughtSignature: seal },
          { text: 'a', thoughtSignature: seal },
        ],
      },
      { role: 'model', parts: [{ ...call, thoughtSignature: seal }, call] },
    ]
    expect(relay({ contents }).contents).toEqual([
      { role: 'model', parts: [{ text: 'a' }] },
      { role: 'model', parts: [{ ...call, thoughtSignature: ABSENT_SIGNATURE }, call] },
    ])
    expect(relay({ contents }, 'gemini-2.5-pro').contents).toEqual([
      { role: 'model', parts: [{ text: 'a' }] },
      { role: 'model', parts: [call, call] },
    ])
  })

  test('writes a preset’s reasoning in the words of the model, unless the request has its own', () => {
    const reasoning = { effort: 'low' }
    expect(relay({ contents: [], reasoning })).toEqual({
      contents: [],
      generationConfig: { thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' } },
    })
    const generationConfig = { thinkingConfig: { thinkingBudget: 0 } }
    expect(relay({ contents: [], reasoning, generationConfig })).toEqual({ contents: [], generationConfig })
  })
})

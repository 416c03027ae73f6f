import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { createSseParser } from '../../platform/sse/parse-sse'
import { parseWire } from '../../platform/wire-json'
import { answerFromStream } from '../answer-from-stream'
import { anthropicMessages } from '../anthropic-messages/shape'
import { openaiChat } from '../openai-chat/shape'
import { openaiResponses } from '../openai-responses/shape'
import type { Shape } from '../shape'
import { streamFromAnswer } from '../stream-from-answer'
import { ABSENT_SIGNATURE } from './model-rules'
import { gemini } from './shape'

// What a model gave to be sent back comes back, through clients of every shape: Gemini's signatures, and the reasoning
// of others through Gemini's own clients.

const MODEL = 'gemini-3-flash-preview'
const RESULT = '12 °C'

/** How programs of a shape send on what they were answered: the body of an answer, and a result for each of its calls. */
type Client = {
  shape: Shape
  begin: JsonObject[]
  goOn: (answer: JsonObject) => JsonObject[]
  request: (transcript: JsonObject[]) => JsonObject
}
type Chat = { choices: { message: { content: string; tool_calls?: { id: string; function: object }[] } }[] }
type Block = { type: string; id: string }
type Item = { type: string; call_id: string }

const chatGoOn = (answer: JsonObject, messageOf: (message: Chat['choices'][0]['message']) => object) => {
  const message = (answer as Chat).choices[0]?.message ?? { content: '' }
  const results = (message.tool_calls ?? []).map(({ id }) => ({
    role: 'tool',
    tool_call_id: id,
    content: RESULT,
  }))
  return [messageOf(message) as JsonObject, ...results]
}

const CLIENTS: Record<string, Client> = {
  'chat, whole messages': {
    shape: openaiChat,
    begin: [{ role: 'user', content: 'Weather?' }],
    goOn: (answer) => chatGoOn(answer, (message) => message),
    request: (messages) => ({ messages }),
  },
  'chat, only what OpenAI documents': {
    shape: openaiChat,
    begin: [{ role: 'user', content: 'Weather?' }],
    goOn: (answer) =>
      chatGoOn(answer, ({ content, tool_calls = [] }) => ({
        role: 'assistant',
        content,
        tool_calls: tool_calls.map(({ id, function: called }) => ({
          id,
          type: 'function',
          function: called,
        })),
      })),
    request: (messages) => ({ messages }),
  },
  messages: {
    shape: anthropicMessages,
    begin: [{ role: 'user', content: 'Weather?' }],
    goOn: ({ content }) => [
      { role: 'assistant', content },
      {
        role: 'user',
        content: (content as Block[])
          .filter(({ type }) => type === 'tool_use')
          .map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: RESULT })),
      },
    ],
    request: (messages) => ({ max_tokens: 100, messages }),
  },
  responses: {
    shape: openaiResponses,
    begin: [{ role: 'user', content: 'Weather?' }],
    goOn: ({ output }) => [
      ...(output as JsonObject[]),
      ...(output as Item[])
        .filter(({ type }) => type === 'function_call')
        .map(({ call_id }) => ({ type: 'function_call_output', call_id, output: RESULT })),
    ],
    request: (input) => ({ input }),
  },
}

const geminiClient: Client = {
  shape: gemini,
  begin: [{ role: 'user', parts: [{ text: 'Weather?' }] }],
  goOn: (answer) => {
    const [first] = answer.candidates as { content: { parts: JsonObject[] } }[]
    const calls = (first?.content.parts ?? []).filter(({ functionCall }) => functionCall !== undefined)
    const results = calls.map(({ functionCall }) => {
      const { id, name } = functionCall as JsonObject
      return { functionResponse: { id, name, response: { output: RESULT } } }
    })
    return [first?.content ?? {}, { role: 'user', parts: results }]
  },
  request: (contents) => ({ contents }),
}

const optionsOf = (request: JsonObject, turn: number) => ({
  identity: { id: `gen-${turn}`, model: 'acme/atlas', providerName: 'Acme', createdSeconds: 1 },
  promptTokens: null,
  request,
})

/** The answer as a client of the shape reads it, whole or from a stream. */
function answered(
  provider: Shape,
  client: Client,
  body: unknown,
  { turn, isStream }: { turn: number; isStream: boolean },
) {
  const answer = provider.readAnswer(body)
  const options = optionsOf(client.request([]), turn)
  if (!isStream) return client.shape.writeAnswer(answer, options)
  const writer = client.shape.createWriter(options)
  const text = writer.write(streamFromAnswer(answer)) + writer.finish({ costUsd: null, metadata: null })
  const reader = client.shape.createReader()
  const pieces = createSseParser()
    .push(Buffer.from(text))
    .map(({ event, data }) => ({ event, data, value: parseWire(data) }))
  const events = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]
  return client.shape.writeAnswer(answerFromStream(events), options)
}

/** What the provider is asked after each of its answers went through the client. */
function askedAfter(
  provider: Shape,
  client: Client,
  bodies: readonly unknown[],
  isStream: boolean,
): JsonObject {
  const transcript = [...client.begin]
  for (const [turn, body] of bodies.entries()) {
    transcript.push(...client.goOn(answered(provider, client, body, { turn, isStream })))
  }
  return provider.writeRequest(client.shape.readRequest(client.request(transcript)), MODEL)
}

const call = (city: string) => ({ functionCall: { name: 'get_weather', args: { city } } })
const geminiAnswer = (responseId: string, parts: unknown[]) => ({
  candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
  responseId,
})

describe.each(Object.entries(CLIENTS))('through a client of %s', (_, client) => {
  test.each([false, true])(
    'signatures come back on their calls, over two steps (streamed: %s)',
    (isStream) => {
      const asked = askedAfter(
        gemini,
        client,
        [
          geminiAnswer('r1', [
            { text: 'Two cities.', thought: true },
            { ...call('Riga'), thoughtSignature: 'c2lnLUE=' },
            call('Oslo'),
          ]),
          geminiAnswer('r2', [{ ...call('Bern'), thoughtSignature: 'c2lnLUI+Lw==' }]),
        ],
        isStream,
      )
      const contents = asked.contents as { role: string; parts: JsonObject[] }[]
      expect(contents.map(({ role }) => role)).toEqual(['user', 'model', 'user', 'model', 'user'])
      expect(contents[1]?.parts).toMatchObject([
        { ...call('Riga'), thoughtSignature: 'c2lnLUE=' },
        call('Oslo'),
      ])
      expect(contents[3]?.parts).toMatchObject([{ ...call('Bern'), thoughtSignature: 'c2lnLUI+Lw==' }])
      expect(contents[2]?.parts).toMatchObject([
        { functionResponse: { name: 'get_weather', response: { output: RESULT } } },
        { functionResponse: { name: 'get_weather', response: { output: RESULT } } },
      ])
      expect(JSON.stringify(contents)).not.toContain(ABSENT_SIGNATURE)
      const ids = [...JSON.stringify(contents).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(3)
    },
  )
})

describe('through a Gemini client', () => {
  test.each([false, true])('Claude’s thinking comes back before its call (streamed: %s)', (isStream) => {
    const thinking = { type: 'thinking', thinking: 'Where is Riga?', signature: 'EqQBCkYIARgC' }
    const use = { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Riga' } }
    const body = {
      content: [thinking, { type: 'text', text: 'Looking.' }, use],
      stop_reason: 'tool_use',
      usage: {},
    }
    const asked = askedAfter(anthropicMessages, geminiClient, [body], isStream)
    const messages = asked.messages as { content: JsonObject[] }[]
    expect(messages[1]?.content).toMatchObject([thinking, { type: 'text', text: 'Looking.' }, use])
    expect(messages[2]?.content).toMatchObject([{ type: 'tool_result', tool_use_id: 'toolu_1' }])
  })

  test.each([false, true])('DeepSeek’s reasoning comes back with its call (streamed: %s)', (isStream) => {
    const message = {
      role: 'assistant',
      content: '',
      reasoning_content: 'Where is Riga?',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Riga"}' } },
      ],
    }
    const body = { choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }
    const asked = askedAfter(openaiChat, geminiClient, [body], isStream)
    const messages = asked.messages as JsonObject[]
    expect(messages[1]).toMatchObject({
      reasoning_content: 'Where is Riga?',
      tool_calls: [{ id: 'call_1', function: { arguments: '{"city":"Riga"}' } }],
    })
  })

  test.each([false, true])(
    'OpenAI’s encrypted reasoning comes back before its call (streamed: %s)',
    (isStream) => {
      const output = [
        {
          type: 'reasoning',
          id: 'rs_1',
          summary: [{ type: 'summary_text', text: 'Riga.' }],
          encrypted_content: 'gAAA',
        },
        {
          type: 'function_call',
          id: 'fc_1',
          call_id: 'call_1',
          name: 'get_weather',
          arguments: '{"city":"Riga"}',
        },
      ]
      const body = { id: 'resp_1', status: 'completed', output }
      const asked = askedAfter(openaiResponses, geminiClient, [body], isStream)
      const items = asked.input as JsonObject[]
      expect(items.find(({ type }) => type === 'reasoning')).toMatchObject({ encrypted_content: 'gAAA' })
      expect(items.find(({ type }) => type === 'function_call')).toMatchObject({ call_id: 'call_1' })
    },
  )

  test.each([false, true])('numbers keep their digits (streamed: %s)', (isStream) => {
    const args = '{"id":12345678901234567890}'
    const message = {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: args } }],
    }
    const body = { choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }
    const asked = askedAfter(openaiChat, geminiClient, [body], isStream)
    expect(asked.messages).toMatchObject([{}, { tool_calls: [{ function: { arguments: args } }] }, {}])
  })
})

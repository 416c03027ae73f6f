import { describe, expect, test } from 'vitest'
import { type JsonObject, objectOf, objectsOf } from '../../platform/json-value'
import { createSseParser } from '../../platform/sse/parse-sse'
import { anthropicMessages } from '../anthropic-messages/shape'
import { readCallId } from '../call-id'
import { openaiChat } from '../openai-chat/shape'
import type { Shape } from '../shape'

// A tool loop needs its reasoning back: what a provider said in one turn has to be what it gets in the next, whatever
// shape the client speaks and whether it streams or not.

const identity = { id: 'gen-1', model: 'acme/atlas', providerName: 'Helios', createdSeconds: 1 }
const options = { identity, promptTokens: null, request: {} }
const user = { role: 'user', content: 'Tide at Tarn?' }
const call = { id: 'c1', type: 'function', function: { name: 'tide_at', arguments: '{"port":"Tarn"}' } }

/** A turn of the chat shape's provider and the next request's assistant message there, for a messages client. */
function throughMessages(message: object, isStream: boolean): JsonObject {
  const content = isStream ? streamed(message) : whole(message)
  const use = content.find(({ type }) => type === 'tool_use')
  const next = {
    max_tokens: 100,
    tools: [{ name: 'tide_at', input_schema: { type: 'object' } }],
    messages: [
      user,
      { role: 'assistant', content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id, content: '04:10' }] },
    ],
  }
  return assistantIn(openaiChat, anthropicMessages, next)
}

function whole(message: object): JsonObject[] {
  const answer = openaiChat.readAnswer({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] })
  return objectsOf(anthropicMessages.writeAnswer(answer, options).content)
}

function streamed(message: object): JsonObject[] {
  const reader = openaiChat.createReader()
  const writer = anthropicMessages.createWriter(options)
  const { reasoning_details, tool_calls, ...rest }: JsonObject = { ...message }
  const deltas = [
    rest,
    ...objectsOf(reasoning_details).map((detail) => ({ reasoning_details: [detail] })),
    { tool_calls },
  ]
  const chunks = deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] }))
  const events = chunks.flatMap((value) => reader.push({ event: null, data: '{}', value }))
  const text = writer.write([...events, ...reader.end()]) + writer.finish({ costUsd: null, metadata: null })
  return collectBlocks(text)
}

function collectBlocks(text: string): JsonObject[] {
  const parser = createSseParser()
  const blocks: JsonObject[] = []
  for (const { data } of [...parser.push(Buffer.from(text)), ...parser.end()]) {
    const event = objectOf(JSON.parse(data))
    if (event.type === 'content_block_start') blocks.push({ ...objectOf(event.content_block) })
    const block = blocks.at(-1)
    if (event.type !== 'content_block_delta' || block === undefined) continue
    const { thinking, signature, text: words, partial_json } = objectOf(event.delta)
    if (thinking) block.thinking = `${block.thinking}${thinking}`
    if (signature) block.signature = `${block.signature}${signature}`
    if (words) block.text = `${block.text}${words}`
    if (partial_json) block.json = `${block.json ?? ''}${partial_json}`
  }
  return blocks.map(({ json, ...block }) =>
    json === undefined ? block : { ...block, input: JSON.parse(String(json)) },
  )
}

/** The assistant's message as the provider gets it. */
function assistantIn(upstream: Shape, client: Shape, body: JsonObject): JsonObject {
  const request =
    upstream === client
      ? client.relayRequest(body, { upstreamModel: 'm', isStream: false })
      : upstream.writeRequest(client.readRequest(body), 'm')
  return objectsOf(request.messages).find(({ role }) => role === 'assistant') ?? {}
}

describe.each([
  ['whole', false],
  ['streamed', true],
])('a messages client at a chat provider, %s', (_, isStream) => {
  test('plain reasoning goes back with its calls, as DeepSeek and Kimi insist', () => {
    const message = { content: '', reasoning_content: 'Need the tide table.', tool_calls: [call] }
    expect(throughMessages(message, isStream)).toMatchObject({
      reasoning_content: 'Need the tide table.',
      tool_calls: [call],
    })
  })

  test('what another maker has encrypted goes back as it was, id and all', () => {
    const details = [
      {
        type: 'reasoning.summary',
        summary: 'Look it up.',
        id: 'rs_1',
        format: 'openai-responses-v1',
        index: 0,
      },
      { type: 'reasoning.encrypted', data: 'gAAA', id: 'rs_1', format: 'openai-responses-v1', index: 1 },
    ]
    const message = { content: null, reasoning_details: details, tool_calls: [call] }
    expect(throughMessages(message, isStream).reasoning_details).toEqual(details)
  })

  test('a thought signature goes back with its call', () => {
    const extra_content = { google: { thought_signature: 'CiQB+/=' } }
    const message = { content: null, tool_calls: [{ ...call, extra_content }] }
    expect(throughMessages(message, isStream).tool_calls).toEqual([{ ...call, extra_content }])
  })
})

describe('a chat client', () => {
  const think = ['Tarn lies ', 'on the east', ' coast.']
  const streamedDetails = [
    ...think.map((text) => ({
      type: 'reasoning.text',
      text,
      signature: null,
      format: 'anthropic-claude-v1',
      index: 0,
    })),
    { type: 'reasoning.text', text: '', signature: 'SIG77', format: 'anthropic-claude-v1', index: 0 },
    { type: 'reasoning.encrypted', data: 'xyz', format: 'anthropic-claude-v1', index: 1 },
  ]

  test('sends reasoning_details back piece by piece, and they are the blocks they were', () => {
    const assistant = {
      role: 'assistant',
      content: null,
      reasoning_details: streamedDetails,
      tool_calls: [call],
    }
    const messages = [user, assistant, { role: 'tool', tool_call_id: 'c1', content: '04:10' }]
    expect(assistantIn(anthropicMessages, openaiChat, { messages }).content).toMatchObject([
      { type: 'thinking', thinking: think.join(''), signature: 'SIG77' },
      { type: 'redacted_thinking', data: 'xyz' },
      { type: 'tool_use', id: 'c1' },
    ])
  })

  test('pieces without an index belong together until their signature', () => {
    const reasoning_details = streamedDetails.map(({ index: _index, ...detail }) => detail)
    const messages = [user, { role: 'assistant', content: 'Yes.', reasoning_details }]
    expect(assistantIn(anthropicMessages, openaiChat, { messages }).content).toMatchObject([
      { thinking: think.join(''), signature: 'SIG77' },
      { data: 'xyz' },
      { text: 'Yes.' },
    ])
  })

  test('keeps a thought signature in the id of the call, for a provider of any shape', () => {
    const answer = openaiChat.readAnswer({
      choices: [
        { message: { tool_calls: [{ ...call, extra_content: { google: { thought_signature: 'th' } } }] } },
      ],
    })
    const written = objectOf(objectsOf(openaiChat.writeAnswer(answer, options).choices)[0]).message
    // A client that keeps nothing but what the shape has always had.
    const calls = objectsOf(objectOf(written).tool_calls).map(({ extra_content: _extra, ...kept }) => kept)
    const id = String(calls[0]?.id)
    const body = {
      messages: [
        user,
        { role: 'assistant', tool_calls: calls },
        { role: 'tool', tool_call_id: id, content: '1' },
      ],
    }
    expect(readCallId(id)).toEqual({ id: 'c1', thoughtSignature: 'th' })
    expect(openaiChat.readRequest(body).messages).toMatchObject([
      {},
      { parts: [{ id: 'c1', thoughtSignature: 'th' }] },
      { callId: 'c1' },
    ])
    expect(assistantIn(anthropicMessages, openaiChat, body).content).toMatchObject([{ id: 'c1' }])
    expect(objectsOf(assistantIn(openaiChat, openaiChat, body).tool_calls)).toMatchObject([
      { id: 'c1', extra_content: { google: { thought_signature: 'th' } } },
    ])
  })
})

describe('where reasoning does not belong', () => {
  const turn = (content: object[]) => ({
    max_tokens: 100,
    messages: [user, { role: 'assistant', content }, { role: 'user', content: 'Go on.' }],
  })
  const use = { type: 'tool_use', id: 'toolu_1', name: 'tide_at', input: {} }

  test('thinking that Anthropic signed is left out at chat providers', () => {
    const body = turn([{ type: 'thinking', thinking: 'Hm.', signature: 'sig' }, use])
    expect(Object.keys(assistantIn(openaiChat, anthropicMessages, body)).sort()).toEqual([
      'content',
      'role',
      'tool_calls',
    ])
  })

  test('plain reasoning is left out where no call followed it, and at Anthropic', () => {
    const plain = { type: 'thinking', thinking: 'Hm.', signature: 'unsigned' }
    const body = turn([plain, { type: 'text', text: 'Yes.' }])
    expect(assistantIn(openaiChat, anthropicMessages, body)).toEqual({ role: 'assistant', content: 'Yes.' })
    expect(assistantIn(anthropicMessages, anthropicMessages, turn([plain, use])).content).toEqual([use])
  })
})

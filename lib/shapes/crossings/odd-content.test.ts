import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { parseWire, stringifyWire } from '../../platform/wire-json'
import { anthropicMessages } from '../anthropic-messages/shape'
import { factsOfAnswer } from '../observe'
import { openaiChat } from '../openai-chat/shape'

const identity = { id: 'gen-1', model: 'acme/atlas', providerName: 'Helios', createdSeconds: 1 }
const options = { identity, promptTokens: null, request: {} }
const user = { role: 'user', content: 'Hi' }
const call = { id: 'c1', type: 'function', function: { name: 'tide_at', arguments: '{"port":"Tarn"}' } }
const toMessages = (body: JsonObject) => anthropicMessages.writeRequest(openaiChat.readRequest(body), 'm')
const toChat = (body: JsonObject) => openaiChat.writeRequest(anthropicMessages.readRequest(body), 'm')

describe('what Anthropic refuses', () => {
  test('text of white space alone is left out, wherever it stands', () => {
    const blank = { type: 'text', text: '\n ', cache_control: { type: 'ephemeral' } }
    expect(
      toMessages({
        messages: [
          { role: 'system', content: [blank] },
          { role: 'user', content: ['\n', blank, { type: 'text', text: 'tide?' }] },
          { role: 'assistant', content: '\n\n', tool_calls: [call] },
          { role: 'tool', tool_call_id: 'c1', content: ' ' },
          { role: 'assistant', content: ' ' },
          { role: 'user', content: '' },
          { role: 'user', content: 'and Hull?' },
        ],
        tools: [{ type: 'function', function: { name: 'tide_at' } }],
      }),
    ).toMatchObject({
      messages: [
        { role: 'user', content: 'tide?' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'c1' }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1' }] },
        { role: 'user', content: 'and Hull?' },
      ],
    })
  })

  test('white space at the end of an answer that is to go on', () => {
    const said = (content: unknown) =>
      toMessages({ messages: [user, { role: 'assistant', content }] }).messages
    expect(said('Yes, \n')).toEqual([user, { role: 'assistant', content: 'Yes,' }])
    const parts = [
      { type: 'text', text: 'a ' },
      { type: 'text', text: 'b ' },
    ]
    expect(said(parts)).toMatchObject([user, { content: [{ text: 'a ' }, { text: 'b' }] }])
  })

  test('calls without tools: they are declared, and not to be called again', () => {
    const messages = [user, { role: 'assistant', tool_calls: [call, { ...call, id: 'c2' }] }]
    expect(toMessages({ messages })).toMatchObject({
      tools: [{ name: 'tide_at', input_schema: { type: 'object' } }],
      tool_choice: { type: 'none' },
    })
    expect(toMessages({ messages: [user] })).not.toHaveProperty('tools')
  })

  test.each<[string, string, object]>([
    ['image/jpg', 'data:image/jpg;base64,AAAA', { type: 'base64', media_type: 'image/jpeg', data: 'AAAA' }],
    ['IMAGE/PNG', 'data:IMAGE/PNG;base64,AAAA', { type: 'base64', media_type: 'image/png', data: 'AAAA' }],
    [
      'parameters',
      'data:image/png;name=a;base64,AAAA',
      { type: 'base64', media_type: 'image/png', data: 'AAAA' },
    ],
  ])('a picture labelled with %s', (_, url, source) => {
    const content = [{ type: 'image_url', image_url: { url } }]
    expect(toMessages({ messages: [{ role: 'user', content }] }).messages).toEqual([
      { role: 'user', content: [{ type: 'image', source }] },
    ])
  })

  test.each<[string, object, object]>([
    ['in base64', { file_data: `data:text/plain;base64,${Buffer.from('berth 7').toString('base64')}` }, {}],
    ['as a URL of text', { file_data: 'data:text/csv,berth%207' }, {}],
    [
      'of JSON',
      { file_data: `data:application/json;base64,${Buffer.from('berth 7').toString('base64')}` },
      {},
    ],
    ['with a name', { filename: 'log.txt', file_data: 'data:text/plain,berth 7' }, { title: 'log.txt' }],
  ])('a text file %s is a document of plain text', (_, file, more) => {
    expect(toMessages({ messages: [{ role: 'user', content: [{ type: 'file', file }] }] }).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'berth 7' }, ...more },
        ],
      },
    ])
  })
})

test('marks for the prompt cache reach chat providers on the part they belong to', () => {
  const cache_control = { type: 'ephemeral' }
  const result = { type: 'tool_result', tool_use_id: 't', content: '1', cache_control }
  const content = [result, { type: 'text', text: 'Go on.', cache_control }]
  expect(toChat({ max_tokens: 5, messages: [{ role: 'user', content }] }).messages).toEqual([
    { role: 'tool', tool_call_id: 't', content: [{ type: 'text', text: '1', cache_control }] },
    { role: 'user', content: [{ type: 'text', text: 'Go on.', cache_control }] },
  ])
})

describe("Mistral's thinking within the content", () => {
  const content = [
    { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
    { type: 'text', text: 'East.' },
  ]

  test('is thinking of a whole answer', () => {
    const answer = openaiChat.readAnswer({ choices: [{ message: { content }, finish_reason: 'stop' }] })
    expect(anthropicMessages.writeAnswer(answer, options).content).toMatchObject([
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'East.' },
    ])
    expect(factsOfAnswer(answer, { keepsText: true }).text).toBe('East.')
  })

  test('is thinking of a stream', () => {
    const value = { choices: [{ delta: { content }, finish_reason: null }] }
    expect(openaiChat.createReader().push({ event: null, data: '', value })).toMatchObject([
      { type: 'reasoning', piece: { text: 'Hm.', format: 'unsigned' } },
      { type: 'text', text: 'East.' },
    ])
  })
})

describe('whole numbers beyond 2^53 in the input of a tool', () => {
  const digits = '{"berth":7512292042121000001,"x":[-9007199254740993]}'

  test('keep their digits from a message to a chat client and back', () => {
    const text = `{"content":[{"type":"tool_use","id":"t","name":"find","input":${digits}}],"stop_reason":"tool_use"}`
    const answer = anthropicMessages.readAnswer(parseWire(text))
    expect(answer.parts).toMatchObject([{ arguments: digits }])
    const stamped = anthropicMessages.stampAnswer({ ...Object(parseWire(text)) }, identity, {
      costUsd: 1,
      metadata: null,
    })
    expect(stringifyWire(stamped)).toContain(digits)
    expect(stringifyWire(anthropicMessages.writeAnswer(answer, options))).toContain(digits)
  })

  test('keep them in the history of a request', () => {
    const calls = [{ ...call, function: { name: 'find', arguments: digits } }]
    const body = { messages: [user, { role: 'assistant', tool_calls: calls }] }
    expect(stringifyWire(toMessages(body))).toContain(digits)
    const history = `{"max_tokens":5,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"find","input":${digits}}]}]}`
    expect(JSON.stringify(toChat(Object(parseWire(history))))).toContain(JSON.stringify(digits))
  })
})

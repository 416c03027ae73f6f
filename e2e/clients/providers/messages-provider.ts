import type Anthropic from '@anthropic-ai/sdk'
import {
  checkCountRequest,
  type MessagesRequest,
  offeredBy,
  promptOf,
  readMessagesRequest,
  resultsOf,
  SIGNATURE,
  THINKING,
} from './messages-request'
import { anthropicModels } from './model-lists'
import { pieces, Refusal, type ScriptedProvider, tokensOf } from './scripted-provider'
import { nextTurn, type Turn } from './turn'

// Anthropic's messages: https://platform.claude.com/docs/en/api/messages and …/build-with-claude/streaming

/** A provider of Anthropic's shape. */
export const messagesProvider: ScriptedProvider = {
  answer: ({ url, headers, body }) => {
    if ((headers['x-api-key'] ?? headers.authorization) === undefined) {
      throw new Refusal('x-api-key header is required', { status: 401 })
    }
    if (headers['anthropic-version'] === undefined) throw new Refusal('anthropic-version: header is required')
    if (/\/models(\/|$)/.test(url.pathname)) return { status: 200, body: anthropicModels(url.pathname) }
    if (url.pathname.endsWith('/messages/count_tokens')) {
      checkCountRequest(body)
      return { status: 200, body: { input_tokens: 120 } }
    }
    if (!url.pathname.endsWith('/messages')) throw new Refusal('Not found', { status: 404 })
    const asked = readMessagesRequest(body)
    const turn = nextTurn({
      tools: (asked.tools ?? []).flatMap(offeredBy),
      prompt: promptOf(asked),
      results: resultsOf(asked),
    })
    const answer = whole(asked, turn)
    return asked.stream ? { status: 200, events: stream(answer) } : { status: 200, body: answer }
  },
  refusalBody: ({ message: said, status, code }) => ({
    type: 'error',
    error: {
      type: TYPES[status] ?? 'invalid_request_error',
      message: said,
      // The SDK's tool runner sends whole conversations from then on.
      ...(code ? { details: { error_code: code, unsupported: ['model'] } } : {}),
    },
    request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
  }),
}

const TYPES: Record<number, string> = { 401: 'authentication_error', 404: 'not_found_error' }

function whole(asked: MessagesRequest, turn: Turn): Anthropic.Message {
  const { input, cached: read, output } = tokensOf(turn)
  const isThinking = asked.thinking !== undefined && asked.thinking.type !== 'disabled'
  const content: Anthropic.ContentBlock[] = isThinking
    ? [{ type: 'thinking', thinking: THINKING, signature: SIGNATURE }]
    : []
  if (turn.kind === 'call') {
    const { name } = turn
    content.push({
      type: 'tool_use',
      id: 'toolu_01D7FLrfh4GYq7yT1ULFeyMV',
      caller: { type: 'direct' },
      name,
      input: turn.input,
    })
  } else content.push({ type: 'text', text: turn.text, citations: null })
  return {
    id: 'msg_01XFDUDYJgAACzvnptvVoYEL',
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content,
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: turn.kind === 'call' ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: input - read,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: read,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: output,
      output_tokens_details: null,
      inference_geo: null,
      server_tool_use: null,
      service_tier: 'standard',
      speed: null,
    },
  }
}

function stream(answer: Anthropic.Message): string[] {
  const { content, stop_reason, usage } = answer
  const start = { ...answer, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } }
  const events: (Anthropic.RawMessageStreamEvent | { type: 'ping' })[] = [
    { type: 'message_start', message: start },
  ]
  content.forEach((block, index) => {
    events.push({ type: 'content_block_start', index, content_block: emptied(block) })
    if (index === 0) events.push({ type: 'ping' })
    for (const delta of deltasOf(block)) events.push({ type: 'content_block_delta', index, delta })
    events.push({ type: 'content_block_stop', index })
  })
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens } = usage
  events.push({
    type: 'message_delta',
    delta: { container: null, stop_details: null, stop_reason, stop_sequence: null },
    usage: {
      input_tokens,
      cache_creation_input_tokens,
      cache_read_input_tokens,
      output_tokens,
      output_tokens_details: null,
      server_tool_use: null,
    },
  })
  events.push({ type: 'message_stop' })
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}

function emptied(block: Anthropic.ContentBlock): Anthropic.ContentBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: '' }
    case 'thinking':
      return { ...block, thinking: '', signature: '' }
    case 'tool_use':
      return { ...block, input: {} }
    default:
      return block
  }
}

function deltasOf(block: Anthropic.ContentBlock): Anthropic.RawContentBlockDelta[] {
  switch (block.type) {
    case 'text':
      return pieces(block.text).map((text) => ({ type: 'text_delta', text }))
    case 'thinking':
      return [
        ...pieces(block.thinking).map((piece) => ({ type: 'thinking_delta' as const, thinking: piece })),
        { type: 'signature_delta', signature: block.signature },
      ]
    case 'tool_use':
      return ['', ...pieces(JSON.stringify(block.input))].map((partial_json) => ({
        type: 'input_json_delta',
        partial_json,
      }))
    default:
      return []
  }
}

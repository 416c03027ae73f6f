import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { OpenRouter } from '@openrouter/sdk'
import type * as openrouter from '@openrouter/sdk/models'
import { expect } from '@playwright/test'
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import OpenAI from 'openai'
import { SERVER } from './server-under-test'

export const OPENAI_BASE_URL = `${SERVER.url}/api/v1`
/** This client adds /v1/messages itself. */
export const ANTHROPIC_BASE_URL = `${SERVER.url}/api`

export const QUESTION = 'Will it rain in Tarn this week?'
const DESCRIPTION = 'Forecast of a city for some days.'
const SCHEMA = {
  type: 'object' as const,
  properties: { city: { type: 'string', minLength: 2 }, days: { type: 'integer', minimum: 1, maximum: 7 } },
  required: ['city', 'days'],
  additionalProperties: false,
}
const FORECAST = 'Rain on Tuesday, 12 mm.'

/** Tokens as the client was told, over a whole loop. */
export type Usage = { promptTokens: number; completionTokens: number }
/** What a loop of question, tool call, result and answer came to. */
export type Loop = { text: string; calls: { name: string; input: unknown }[]; usage: Usage[] }
export type Run = { model: string; key: string; isStream: boolean }

async function runOpenai({ model, key, isStream }: Run): Promise<Loop> {
  const client = new OpenAI({ baseURL: OPENAI_BASE_URL, apiKey: key, maxRetries: 0 })
  const calls: Loop['calls'] = []
  const definition = {
    type: 'function' as const,
    function: {
      name: 'get_forecast',
      description: DESCRIPTION,
      parameters: SCHEMA,
      parse: (text: string): object => JSON.parse(text),
      function: (input: object) => {
        calls.push({ name: 'get_forecast', input })
        return FORECAST
      },
    },
  }
  const body = { model, messages: [{ role: 'user' as const, content: QUESTION }], tools: [definition] }
  const runner = isStream
    ? client.chat.completions.runTools({ ...body, stream: true, stream_options: { include_usage: true } })
    : client.chat.completions.runTools(body)
  const text = (await runner.finalContent()) ?? ''
  const completions = runner.allChatCompletions()
  expect(completions.map(({ choices }) => choices[0]?.finish_reason)).toEqual(['tool_calls', 'stop'])
  expect(completions.map((completion) => completion.model)).toEqual([model, model])
  const usage = completions.map((completion) => ({
    promptTokens: completion.usage?.prompt_tokens ?? 0,
    completionTokens: completion.usage?.completion_tokens ?? 0,
  }))
  return { text, calls, usage }
}

async function runAnthropic({ model, key, isStream }: Run): Promise<Loop> {
  const client = new Anthropic({ baseURL: ANTHROPIC_BASE_URL, apiKey: key, maxRetries: 0 })
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: QUESTION }]
  const tools = [
    {
      name: 'get_forecast',
      description: DESCRIPTION,
      input_schema: SCHEMA,
    },
  ]
  const ask = () => {
    const body = { model, max_tokens: 1000, system: 'Answer in words.', messages, tools }
    return isStream ? client.messages.stream(body).finalMessage() : client.messages.create(body)
  }
  const first = await ask()
  expect(first.stop_reason).toBe('tool_use')
  const uses = first.content.filter((block) => block.type === 'tool_use')
  messages.push({ role: 'assistant', content: first.content })
  messages.push({
    role: 'user',
    content: uses.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: FORECAST })),
  })
  const last = await ask()
  expect(last.stop_reason).toBe('end_turn')
  expect(last.model).toBe(model)
  return {
    text: last.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    calls: uses.map(({ name, input }) => ({ name, input })),
    usage: [first, last].map(({ usage }) => ({
      promptTokens:
        usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
      completionTokens: usage.output_tokens,
    })),
  }
}

async function runOpenrouter({ model, key, isStream }: Run): Promise<Loop> {
  const client = new OpenRouter({
    apiKey: key,
    serverURL: OPENAI_BASE_URL,
    retryConfig: { strategy: 'none' },
  })
  const messages: openrouter.ChatMessages[] = [{ role: 'user', content: QUESTION }]
  const tools = [
    {
      type: 'function' as const,
      function: { name: 'get_forecast', description: DESCRIPTION, parameters: SCHEMA },
    },
  ]
  const ask = async () => {
    const chatRequest = { model, messages, tools }
    const xOpenRouterMetadata = 'enabled' as const
    if (isStream) {
      const stream = await client.chat.send({
        xOpenRouterMetadata,
        chatRequest: { ...chatRequest, stream: true },
      })
      if ('choices' in stream) throw new Error('the client was given a whole answer for a stream')
      return collectChunks(stream)
    }
    const answer = await client.chat.send({
      xOpenRouterMetadata,
      chatRequest: { ...chatRequest, stream: false },
    })
    if (!('choices' in answer)) throw new Error('the client was given a stream for a whole answer')
    const [choice] = answer.choices
    const { usage, openrouterMetadata } = answer
    return { message: choice?.message, finishReason: choice?.finishReason, usage, openrouterMetadata }
  }
  const first = await ask()
  expect(first.finishReason).toBe('tool_calls')
  expect(first.openrouterMetadata?.attempts).toHaveLength(1)
  const calls = first.message?.toolCalls ?? []
  messages.push({ role: 'assistant', content: null, toolCalls: calls })
  for (const { id } of calls) messages.push({ role: 'tool', toolCallId: id, content: FORECAST })
  const last = await ask()
  expect(last.finishReason).toBe('stop')
  return {
    text: typeof last.message?.content === 'string' ? last.message.content : '',
    calls: calls.map((call) => ({ name: call.function.name, input: JSON.parse(call.function.arguments) })),
    usage: [first, last].map(({ usage }) => ({
      promptTokens: usage?.promptTokens ?? 0,
      completionTokens: usage?.completionTokens ?? 0,
    })),
  }
}

/** Puts the chunks of this client together, which leaves that to its users. */
async function collectChunks(stream: AsyncIterable<openrouter.ChatStreamChunk>) {
  let content = ''
  let finishReason: string | null = null
  let usage: openrouter.ChatUsage | undefined
  let openrouterMetadata: openrouter.OpenRouterMetadata | undefined
  const toolCalls: openrouter.ChatToolCall[] = []
  for await (const chunk of stream) {
    usage = chunk.usage ?? usage
    openrouterMetadata = chunk.openrouterMetadata ?? openrouterMetadata
    const [choice] = chunk.choices
    if (!choice) continue
    content += choice.delta.content ?? ''
    finishReason = choice.finishReason ?? finishReason
    for (const piece of choice.delta.toolCalls ?? []) {
      const call = toolCalls[piece.index] ?? {
        id: '',
        type: 'function',
        function: { name: '', arguments: '' },
      }
      toolCalls[piece.index] = call
      call.id ||= piece.id ?? ''
      call.function.name ||= piece.function?.name ?? ''
      call.function.arguments += piece.function?.arguments ?? ''
    }
  }
  return { message: { content, toolCalls }, finishReason, usage, openrouterMetadata }
}

async function runAiSdk({ model, key, isStream }: Run): Promise<Loop> {
  const provider = createOpenAICompatible({
    name: 'sightglass',
    baseURL: OPENAI_BASE_URL,
    apiKey: key,
    includeUsage: true,
  })
  const calls: Loop['calls'] = []
  const call = {
    model: provider(model),
    prompt: QUESTION,
    maxRetries: 0,
    stopWhen: stepCountIs(3),
    tools: {
      get_forecast: tool({
        description: DESCRIPTION,
        inputSchema: jsonSchema<{ city: string; days: number }>({
          ...SCHEMA,
          required: [...SCHEMA.required],
        }),
        execute: async (input) => {
          calls.push({ name: 'get_forecast', input })
          return FORECAST
        },
      }),
    },
  }
  const result = isStream ? streamText(call) : await generateText(call)
  const steps = await result.steps
  expect(steps.map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop'])
  return {
    text: await result.text,
    calls,
    usage: steps.map(({ usage }) => ({
      promptTokens: usage.inputTokens ?? 0,
      completionTokens: usage.outputTokens ?? 0,
    })),
  }
}

/** Each client's way through question, tool call, result and answer; none of them knows of the gateway. */
export const CLIENTS = {
  openai: runOpenai,
  '@anthropic-ai/sdk': runAnthropic,
  '@openrouter/sdk': runOpenrouter,
  'ai with @ai-sdk/openai-compatible': runAiSdk,
} as const
export type Client = keyof typeof CLIENTS
export const CLIENT_NAMES = Object.keys(CLIENTS) as Client[]

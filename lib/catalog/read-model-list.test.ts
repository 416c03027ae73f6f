import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readModelList } from './read-model-list'

const read = (body: unknown) => readModelList(body)?.models

// One entry of each provider's list, as its API reference shows it.
test.each<[string, unknown, Record<string, unknown>]>([
  [
    'OpenRouter',
    {
      data: [
        {
          id: 'openai/gpt-5-mini',
          name: 'OpenAI: GPT-5 Mini',
          context_length: 400_000,
          architecture: { input_modalities: ['text', 'image', 'file'], output_modalities: ['text'] },
          pricing: { prompt: '0.00000025', completion: '0.000002', input_cache_read: '0.000000025' },
          top_provider: { context_length: 400_000, max_completion_tokens: 128_000 },
          supported_parameters: ['max_tokens', 'reasoning', 'tools'],
        },
      ],
    },
    {
      upstreamModel: 'openai/gpt-5-mini',
      contextLength: 400_000,
      maxCompletionTokens: 128_000,
      promptUsdPerMTok: 0.25,
      cachedUsdPerMTok: 0.025,
      completionUsdPerMTok: 2,
      inputModalities: ['text', 'image', 'file'],
      supportsTools: true,
      supportsReasoning: true,
      supportsStructuredOutput: false,
    },
  ],
  [
    'Together',
    [
      {
        id: 'meta-llama/Llama-3.3',
        type: 'chat',
        context_length: 131_072,
        pricing: { input: 0.88, output: 0.88 },
      },
    ],
    {
      upstreamModel: 'meta-llama/Llama-3.3',
      promptUsdPerMTok: 0.88,
      completionUsdPerMTok: 0.88,
      cachedUsdPerMTok: null,
    },
  ],
  [
    'Fireworks',
    {
      data: [
        {
          id: 'accounts/fireworks/models/glm-5p1',
          supports_image_input: false,
          supports_tools: true,
          context_length: 202_800,
        },
      ],
    },
    { upstreamModel: 'accounts/fireworks/models/glm-5p1', inputModalities: ['text'], supportsTools: true },
  ],
  [
    'Groq',
    { data: [{ id: 'gpt-oss-120b', context_window: 131_072, max_completion_tokens: 65_536 }] },
    { contextLength: 131_072, maxCompletionTokens: 65_536, supportsTools: null, inputModalities: [] },
  ],
  [
    'Mistral',
    {
      data: [
        {
          id: 'mistral-large',
          max_context_length: 262_144,
          capabilities: { function_calling: true, vision: true },
        },
      ],
    },
    { contextLength: 262_144, supportsTools: true, inputModalities: ['text', 'image'] },
  ],
  [
    'DeepInfra',
    {
      data: [
        {
          id: 'deepseek-ai/DeepSeek-V4',
          metadata: {
            context_length: 1_000_000,
            max_tokens: 384_000,
            pricing: { input_tokens: 0.4, output_tokens: 1.2, cache_read_tokens: 0.04 },
          },
        },
      ],
    },
    { contextLength: 1_000_000, maxCompletionTokens: 384_000, promptUsdPerMTok: 0.4, cachedUsdPerMTok: 0.04 },
  ],
  [
    'Gemini',
    {
      models: [
        {
          name: 'models/gemini-3.5-flash',
          inputTokenLimit: 1_048_576,
          outputTokenLimit: 65_536,
          thinking: true,
        },
      ],
    },
    {
      upstreamModel: 'gemini-3.5-flash',
      contextLength: 1_048_576,
      maxCompletionTokens: 65_536,
      supportsReasoning: true,
    },
  ],
  [
    'GitHub Models',
    [
      {
        id: 'openai/gpt-4.1',
        capabilities: ['streaming', 'tool-calling'],
        limits: { max_input_tokens: 1_048_576, max_output_tokens: 32_768 },
        supported_input_modalities: ['text', 'image', 'audio'],
        supported_output_modalities: ['text'],
      },
    ],
    {
      supportsTools: true,
      contextLength: 1_048_576,
      inputModalities: ['text', 'image', 'audio'],
      outputModalities: ['text'],
    },
  ],
  [
    'Cloudflare',
    { result: [{ id: 'f8703a00-ed54', name: '@cf/meta/llama-3.1-8b-instruct' }], success: true },
    { upstreamModel: '@cf/meta/llama-3.1-8b-instruct' },
  ],
  [
    'vLLM',
    { data: [{ id: 'atlas', max_model_len: 32_768 }] },
    { upstreamModel: 'atlas', contextLength: 32_768 },
  ],
  [
    'a price below nothing',
    { data: [{ id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } }] },
    { promptUsdPerMTok: null, completionUsdPerMTok: null },
  ],
])('%s', (_provider, body, expected) => {
  expect(read(body)).toMatchObject([expected])
})

test('the next page is where the list says', () => {
  expect(readModelList({ data: [], has_more: true, last_id: 'm9' })?.next).toEqual({ after_id: 'm9' })
  expect(readModelList({ models: [], nextPageToken: 't' })?.next).toEqual({ pageToken: 't' })
  expect(readModelList({ data: [], has_more: false, last_id: 'm9' })?.next).toBeNull()
})

test('what is no list is none, and what is no model is left out', () => {
  expect(readModelList({ error: 'x' })).toBeNull()
  expect(readModelList('text')).toBeNull()
  expect(
    read({ data: [null, 1, {}, { id: '' }, { id: 7 }, { id: 'x'.repeat(201) }, { id: 'ok' }] }),
  ).toHaveLength(1)
  fc.assert(
    fc.property(fc.jsonValue(), (value) => readModelList(value) === null || Array.isArray(read(value))),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalModel } from './model-name'
import { modelOfSpelling } from './model-spelling'

const CLAUDE = 'anthropic/claude-sonnet-4.5'

test.each<[string | null, string, string]>([
  ['anthropic', 'claude-sonnet-4-5-20250929', CLAUDE],
  ['aws.bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', CLAUDE],
  ['gcp.vertex_ai', 'claude-sonnet-4-5@20250929', CLAUDE],
  ['litellm', 'vertex_ai/claude-sonnet-4-5@20250929', CLAUDE],
  ['litellm', 'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0', CLAUDE],
  ['openrouter', 'anthropic/claude-sonnet-4.5', CLAUDE],
  ['openrouter', 'anthropic/claude-sonnet-4.5:beta', CLAUDE],
  ['anthropic', 'claude-3-5-sonnet-latest', 'anthropic/claude-3.5-sonnet'],
  ['anthropic', 'claude-3-opus-20240229', 'anthropic/claude-3-opus'],
  ['anthropic', 'claude-opus-4-20250514', 'anthropic/claude-opus-4'],
  ['openai', 'gpt-4o-2024-08-06', 'openai/gpt-4o'],
  ['openai', 'GPT-4o', 'openai/gpt-4o'],
  ['openai', 'gpt-4-0613', 'openai/gpt-4'],
  ['azure', 'gpt-35-turbo', 'openai/gpt-3.5-turbo'],
  ['openai', 'gpt-4-1106-preview', 'openai/gpt-4-1106-preview'],
  ['fireworks', 'accounts/fireworks/models/llama-v3p1-70b-instruct', 'meta-llama/llama-3.1-70b-instruct'],
  ['aws.bedrock', 'meta.llama3-1-70b-instruct-v1:0', 'meta-llama/llama-3.1-70b-instruct'],
  ['together', 'meta-llama/Llama-3.3-70B-Instruct', 'meta-llama/llama-3.3-70b-instruct'],
  ['together', 'meta-llama/Meta-Llama-3.1-8B-Instruct', 'meta-llama/llama-3.1-8b-instruct'],
  ['groq', 'llama-3.3-70b-versatile', 'meta-llama/llama-3.3-70b-instruct'],
  ['aws.bedrock', 'amazon.nova-pro-v1:0', 'amazon/nova-pro-v1'],
  ['deepseek', 'deepseek-r1-0528', 'deepseek/deepseek-r1-0528'],
  ['moonshot_ai', 'kimi-k2-0905', 'moonshotai/kimi-k2-0905'],
  ['ollama', 'qwen3:8b', 'qwen/qwen3:8b'],
  ['google', 'models/gemini-2.5-pro', 'google/gemini-2.5-pro'],
  ['helios', 'acme/atlas-120b', 'acme/atlas-120b'],
])('at %s, %s is %s', (provider, model, expected) => {
  expect(modelOfSpelling(canonicalModel({ model, provider }))).toBe(expected)
})

test('a model’s name is its own, and keeps author and slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string()), (model, provider) => {
      const spelling = canonicalModel({ model, provider })
      const name = modelOfSpelling(spelling)
      expect(modelOfSpelling(name)).toBe(name)
      expect(name.split('/')).toHaveLength(2)
      expect(name).not.toMatch(/^\/|\/$/)
    }),
  )
})

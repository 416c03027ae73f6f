import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorOf, canonicalModel } from './model-name'

describe('canonicalModel', () => {
  test.each([
    ['acme/atlas-120b', 'helios', 'acme/atlas-120b'],
    ['azure/conv', null, 'azure/conv'],
    ['meta-llama/Llama-3.3-70B-Instruct', 'together', 'meta-llama/Llama-3.3-70B-Instruct'],
    ['openrouter/anthropic/claude-sonnet-4.5', null, 'anthropic/claude-sonnet-4.5'],
    ['gpt-5-mini', 'openai', 'openai/gpt-5-mini'],
    ['gpt-oss-120b', 'groq', 'openai/gpt-oss-120b'],
    ['chatgpt-4o-latest', null, 'openai/chatgpt-4o-latest'],
    ['o3-mini', 'azure', 'openai/o3-mini'],
    ['ft:gpt-4o:acme::x1', null, 'openai/ft:gpt-4o:acme::x1'],
    ['claude-sonnet-4-5-20250929', 'aws.bedrock', 'anthropic/claude-sonnet-4-5-20250929'],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'aws.bedrock', 'anthropic/claude-sonnet-4-20250514-v1:0'],
    ['models/gemini-2.5-pro', null, 'google/gemini-2.5-pro'],
    ['gemma3', null, 'google/gemma3'],
    ['accounts/fireworks/models/llama-v3p1-70b-instruct', 'fireworks', 'meta-llama/llama-v3p1-70b-instruct'],
    ['Meta-Llama-3-8B', null, 'meta-llama/Meta-Llama-3-8B'],
    ['codestral-latest', 'mistral_ai', 'mistralai/codestral-latest'],
    ['qwen2.5-72b', null, 'qwen/qwen2.5-72b'],
    ['deepseek-chat', null, 'deepseek/deepseek-chat'],
    ['kimi-k2', 'groq', 'moonshotai/kimi-k2'],
    ['glm-4.6', null, 'z-ai/glm-4.6'],
    ['grok-4', null, 'x-ai/grok-4'],
    ['command-r-plus', null, 'cohere/command-r-plus'],
    ['amazon.nova-pro-v1:0', null, 'amazon/nova-pro-v1:0'],
    ['phi-4', null, 'microsoft/phi-4'],
    ['MiniMax-M2', null, 'minimax/MiniMax-M2'],
    ['vertex_ai/claude-sonnet-4-5@20250929', 'litellm', 'anthropic/claude-sonnet-4-5@20250929'],
    ['bedrock/us.anthropic.claude-opus-4-v1:0', 'litellm', 'anthropic/claude-opus-4-v1:0'],
    ['groq/llama-3.3-70b-versatile', null, 'meta-llama/llama-3.3-70b-versatile'],
    ['gemini/gemini-2.5-pro', null, 'google/gemini-2.5-pro'],
    ['azure/gpt-4o', 'azure', 'openai/gpt-4o'],
    [
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'aws.bedrock',
      'anthropic/claude-sonnet-4-5-20250929-v1:0',
    ],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', null, 'amazon/nova-pro-v1:0'],
    ['arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/ab12', null, 'unknown/ab12'],
    [
      'bedrock/arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.meta.llama3-x',
      null,
      'meta-llama/llama3-x',
    ],
    ['projects/p/locations/us-east5/publishers/anthropic/models/claude-x', null, 'anthropic/claude-x'],
    ['projects/1234/locations/us-east5/endpoints/5678', 'gcp.vertex_ai', 'unknown/endpoint'],
    ['my-own-thing', 'groq', 'unknown/my-own-thing'],
    ['commander', 'helios', 'helios/commander'],
    ['novasky', null, 'unknown/novasky'],
    ['atlas-120b', 'Helios Cloud, Inc.', 'helios-cloud-inc/atlas-120b'],
    ['atlas-120b', '***', 'unknown/atlas-120b'],
    ['', 'helios', 'unknown/unknown'],
    ['/', null, 'unknown/unknown'],
  ])('%s at %s is %s', (model, provider, canonical) => {
    expect(canonicalModel({ model, provider })).toBe(canonical)
  })

  test('always has an author and a slug, and is its own canonical form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string()), (model, provider) => {
        const canonical = canonicalModel({ model, provider })
        expect(canonical.split('/')).toHaveLength(2)
        expect(canonical).not.toMatch(/^\/|\/$/)
        expect(canonicalModel({ model: canonical, provider: 'other' })).toBe(canonical)
      }),
    )
  })

  test('is at most 200 characters long and never loses its slug', () => {
    expect(canonicalModel({ model: 'x'.repeat(1e6), provider: 'p'.repeat(1e6) })).toHaveLength(200)
    expect(canonicalModel({ model: `${'a'.repeat(300)}/b`, provider: null })).toMatch(/^a{100}\/b$/)
  })
})

describe('authorOf', () => {
  test.each([
    ['acme/atlas-120b', 'acme'],
    ['atlas', 'unknown'],
    ['/atlas', 'unknown'],
  ])('%s is by %s', (model, author) => {
    expect(authorOf(model)).toBe(author)
  })
})

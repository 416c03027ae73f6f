import type { ApiShape } from '../records/vocabulary'

/** A well-known provider, to fill the form with. */
export type ProviderTemplate = {
  slug: string
  name: string
  /** Null = everybody has their own. */
  baseUrl: string | null
  apiShape: ApiShape
  /** Where a key comes from, or what must run first. */
  hint: string
  needsKey: boolean
}

/** Sources: each provider's own API reference, for the address and the shape. Names the price table knows as slugs. */
export const PROVIDER_TEMPLATES: readonly ProviderTemplate[] = [
  hosted('openai', 'OpenAI', 'https://api.openai.com/v1', 'platform.openai.com → API keys'),
  {
    ...hosted('anthropic', 'Anthropic', 'https://api.anthropic.com', 'console.anthropic.com → API keys'),
    apiShape: 'anthropic-messages',
  },
  hosted('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', 'openrouter.ai → Settings → Keys'),
  hosted(
    'google',
    'Google Gemini',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    'aistudio.google.com → Get API key',
  ),
  hosted('mistral', 'Mistral', 'https://api.mistral.ai/v1', 'console.mistral.ai → API keys'),
  hosted('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1', 'platform.deepseek.com → API keys'),
  hosted('x-ai', 'xAI', 'https://api.x.ai/v1', 'console.x.ai → API keys'),
  hosted('groq', 'Groq', 'https://api.groq.com/openai/v1', 'console.groq.com → API keys'),
  hosted('together', 'Together', 'https://api.together.xyz/v1', 'api.together.ai → Settings → API keys'),
  hosted('fireworks', 'Fireworks', 'https://api.fireworks.ai/inference/v1', 'app.fireworks.ai → API keys'),
  hosted(
    'deepinfra',
    'DeepInfra',
    'https://api.deepinfra.com/v1/openai',
    'deepinfra.com → Dashboard → API keys',
  ),
  hosted('cerebras', 'Cerebras', 'https://api.cerebras.ai/v1', 'cloud.cerebras.ai → API keys'),
  {
    slug: 'azure',
    name: 'Azure OpenAI',
    baseUrl: null,
    apiShape: 'openai-chat',
    hint: 'Your resource’s address: https://RESOURCE.openai.azure.com/openai/v1, with one of its two keys',
    needsKey: true,
  },
  local('ollama', 'Ollama', 'http://127.0.0.1:11434/v1', 'Needs no key; start it with: ollama serve'),
  local('vllm', 'vLLM', 'http://127.0.0.1:8000/v1', 'Needs no key unless started with --api-key'),
  local(
    'lm-studio',
    'LM Studio',
    'http://127.0.0.1:1234/v1',
    'Needs no key; start its server on the Developer tab',
  ),
]

function hosted(slug: string, name: string, baseUrl: string, keyFrom: string): ProviderTemplate {
  return { slug, name, baseUrl, apiShape: 'openai-chat', hint: `Get a key at ${keyFrom}`, needsKey: true }
}

function local(slug: string, name: string, baseUrl: string, hint: string): ProviderTemplate {
  return { slug, name, baseUrl, apiShape: 'openai-chat', hint, needsKey: false }
}

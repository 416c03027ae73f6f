import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createOpenRouter } from '@openrouter/ai-sdk-provider'
import { embed } from 'ai'
import { KEY, MODEL, OPENAI_URL, PROMPT } from './setting.mjs'

const PROVIDERS = {
  openai: () => createOpenAI({ baseURL: OPENAI_URL, apiKey: KEY }),
  'openai-compatible': () => createOpenAICompatible({ name: 'own', baseURL: OPENAI_URL, apiKey: KEY }),
  openrouter: () => createOpenRouter({ baseURL: OPENAI_URL, apiKey: KEY }),
}

const model = PROVIDERS[process.argv[2]]().textEmbeddingModel(MODEL)
const { embedding } = await embed({ model, value: PROMPT, maxRetries: 0 })
console.log(JSON.stringify(embedding))

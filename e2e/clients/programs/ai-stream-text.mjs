import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createOpenRouter } from '@openrouter/ai-sdk-provider'
import { jsonSchema, stepCountIs, streamText, tool } from 'ai'
import {
  DESCRIPTION,
  expect,
  GEMINI_VERSION_URL,
  KEY,
  MODEL,
  OPENAI_URL,
  PROMPT,
  readNote,
  SCHEMA,
  TOOL,
} from './setting.mjs'

const PROVIDERS = {
  openai: () => createOpenAI({ baseURL: OPENAI_URL, apiKey: KEY })(MODEL),
  anthropic: () => createAnthropic({ baseURL: OPENAI_URL, apiKey: KEY })(MODEL),
  google: () => createGoogleGenerativeAI({ baseURL: GEMINI_VERSION_URL, apiKey: KEY })(MODEL),
  'openai-compatible': () =>
    createOpenAICompatible({ name: 'own', baseURL: OPENAI_URL, apiKey: KEY, includeUsage: true })(MODEL),
  openrouter: () => createOpenRouter({ baseURL: OPENAI_URL, apiKey: KEY, compatibility: 'strict' })(MODEL),
}

const result = streamText({
  model: PROVIDERS[process.argv[2]](),
  prompt: PROMPT,
  maxRetries: 0,
  stopWhen: stepCountIs(3),
  tools: { [TOOL]: tool({ description: DESCRIPTION, inputSchema: jsonSchema(SCHEMA), execute: readNote }) },
  onError: ({ error }) => {
    throw error
  },
})
await result.consumeStream()
const steps = await result.steps
const reasons = steps.map(({ finishReason }) => finishReason).join()
expect(reasons === 'tool-calls,stop', `finish reasons ${reasons}`)
expect((await result.totalUsage).totalTokens > 0, 'no usage')
console.log(await result.text)

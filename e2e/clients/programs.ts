import path from 'node:path'
import type { Client } from './cell'

type Packages = Client['packages']

/** The newest that say they run on the oldest Node that Sightglass runs on; newer majors want Node 22. */
const OPENAI: Packages = { openai: '6.49.0' }
const ANTHROPIC: Packages = { '@anthropic-ai/sdk': '1.14.0' }
const GENAI: Packages = { '@google/genai': '2.32.0' }
const OPENROUTER: Packages = { '@openrouter/sdk': '1.3.19', zod: '4.6.7' }
const AGENTS: Packages = { '@openai/agents': '0.14.3', zod: '4.6.7' }
const AI_SDK: Packages = {
  ai: '6.0.326',
  '@ai-sdk/openai': '3.0.141',
  '@ai-sdk/anthropic': '3.0.140',
  '@ai-sdk/google': '3.0.141',
  '@ai-sdk/openai-compatible': '2.0.92',
  '@openrouter/ai-sdk-provider': '2.10.0',
}
const LANGCHAIN: Packages = {
  '@langchain/openai': '1.5.8',
  '@langchain/anthropic': '1.5.11',
  '@langchain/core': '1.4.0',
}
const LLAMAINDEX: Packages = { llamaindex: '0.12.1', '@llamaindex/openai': '0.4.22', zod: '4.6.7' }
const MASTRA: Packages = { '@mastra/core': '0.24.9', zod: '3.25.76' }

const VECTOR = '[0.25,-0.5,0.125]'

/** What every row of a library is made of: one of our programs beside its packages, told by the environment. */
function program(
  name: string,
  speaks: Client['speaks'],
  packages: Packages,
  [file, ...args]: readonly [string, ...string[]],
  rest: Partial<Client> = {},
): Client {
  return {
    name,
    speaks,
    packages,
    start: ({ origin, key, model, prompt, install }) => ({
      command: process.execPath,
      args: [path.join(install, 'programs', `${file}.mjs`), ...args],
      env: {
        ORIGIN: origin,
        KEY: key,
        MODEL: model,
        PROMPT: prompt,
        OPENAI_AGENTS_DISABLE_TRACING: '1',
        MASTRA_TELEMETRY_DISABLED: '1',
      },
    }),
    ...rest,
  }
}

/** Lists and embeddings: one answer, which no provider's shape changes. */
const once = (says: string): Partial<Client> => ({ at: ['chat'], isStreamed: false, says })

/** The libraries. */
export const PROGRAMS: readonly Client[] = [
  program('openai: chat completions', 'chat', OPENAI, ['openai-chat']),
  program('openai: responses', 'responses', OPENAI, ['openai-responses']),
  program('openai: embeddings', 'chat', OPENAI, ['openai-embeddings'], once(VECTOR)),
  program('openai: models', 'chat', OPENAI, ['openai-models'], once('atlas-chat')),
  program('@anthropic-ai/sdk: tool runner', 'messages', ANTHROPIC, ['anthropic-tool-runner']),
  program('@anthropic-ai/sdk: countTokens', 'messages', ANTHROPIC, ['anthropic-count-tokens'], {
    isStreamed: false,
    says: 'counted',
  }),
  program('@anthropic-ai/sdk: models', 'messages', ANTHROPIC, ['anthropic-models'], {
    ...once('atlas-messages'),
    at: ['messages'],
  }),
  program('@google/genai: chat', 'gemini', GENAI, ['genai-chat']),
  program('@google/genai: countTokens', 'gemini', GENAI, ['genai-count-tokens'], {
    isStreamed: false,
    says: 'counted',
  }),
  program('@openrouter/sdk: callModel', 'responses', OPENROUTER, ['openrouter-call-model']),
  program('@openrouter/sdk: chat', 'chat', OPENROUTER, ['openrouter-chat']),
  program('@openai/agents', 'responses', AGENTS, ['agents-run']),
  program('ai + @ai-sdk/openai', 'responses', AI_SDK, ['ai-stream-text', 'openai']),
  program('ai + @ai-sdk/anthropic', 'messages', AI_SDK, ['ai-stream-text', 'anthropic']),
  program('ai + @ai-sdk/google', 'gemini', AI_SDK, ['ai-stream-text', 'google']),
  program('ai + @ai-sdk/openai-compatible', 'chat', AI_SDK, ['ai-stream-text', 'openai-compatible']),
  program('ai + @openrouter/ai-sdk-provider', 'chat', AI_SDK, ['ai-stream-text', 'openrouter']),
  program('ai: embed, @ai-sdk/openai', 'chat', AI_SDK, ['ai-embed', 'openai'], once(VECTOR)),
  program('ai: embed, openai-compatible', 'chat', AI_SDK, ['ai-embed', 'openai-compatible'], once(VECTOR)),
  program('ai: embed, OpenRouter provider', 'chat', AI_SDK, ['ai-embed', 'openrouter'], once(VECTOR)),
  program('@langchain/openai', 'chat', LANGCHAIN, ['langchain-stream', 'chat']),
  program('@langchain/openai: useResponsesApi', 'responses', LANGCHAIN, ['langchain-stream', 'responses']),
  program('@langchain/anthropic', 'messages', LANGCHAIN, ['langchain-stream', 'anthropic']),
  program('llamaindex', 'chat', LLAMAINDEX, ['llamaindex-agent']),
  program('@mastra/core', 'chat', MASTRA, ['mastra-agent']),
]

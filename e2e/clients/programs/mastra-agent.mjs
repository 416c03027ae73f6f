import { Agent } from '@mastra/core/agent'
import { createTool } from '@mastra/core/tools'
import { z } from 'zod'
import { DESCRIPTION, KEY, MODEL, OPENAI_URL, PROMPT, readNote, TOOL } from './setting.mjs'

const reader = new Agent({
  id: 'reader',
  name: 'Reader',
  instructions: 'Read what you are asked to read.',
  model: { id: `own/${MODEL}`, url: OPENAI_URL, apiKey: KEY },
  tools: {
    [TOOL]: createTool({
      id: TOOL,
      description: DESCRIPTION,
      inputSchema: z.object({ path: z.string().min(1) }),
      execute: async ({ context, path }) => ({ text: await readNote(context ?? { path }) }),
    }),
  },
})
const stream = await reader.stream(PROMPT, { maxRetries: 0 })
let text = ''
for await (const piece of stream.textStream) text += piece
console.log(text)

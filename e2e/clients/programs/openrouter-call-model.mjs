import { OpenRouter } from '@openrouter/sdk'
import { tool } from '@openrouter/sdk/lib/tool.js'
import { z } from 'zod'
import { DESCRIPTION, KEY, MODEL, OPENAI_URL, PROMPT, readNote, TOOL } from './setting.mjs'

const client = new OpenRouter({ apiKey: KEY, serverURL: OPENAI_URL, retryConfig: { strategy: 'none' } })
const result = client.callModel({
  model: MODEL,
  input: PROMPT,
  tools: [
    tool({
      name: TOOL,
      description: DESCRIPTION,
      inputSchema: z.object({ path: z.string().min(1) }),
      execute: async (input) => ({ text: await readNote(input) }),
    }),
  ],
})
let text = ''
for await (const delta of result.getTextStream()) text += delta
console.log(text)

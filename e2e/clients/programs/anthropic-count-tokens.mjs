import Anthropic from '@anthropic-ai/sdk'
import { ANTHROPIC_URL, DESCRIPTION, expect, KEY, MODEL, PROMPT, SCHEMA, TOOL } from './setting.mjs'

const client = new Anthropic({ baseURL: ANTHROPIC_URL, apiKey: KEY, maxRetries: 0 })
const { input_tokens } = await client.messages.countTokens({
  model: MODEL,
  messages: [{ role: 'user', content: PROMPT }],
  tools: [{ name: TOOL, description: DESCRIPTION, input_schema: SCHEMA }],
})
expect(Number.isInteger(input_tokens) && input_tokens > 10, `input_tokens ${input_tokens}`)
console.log('counted')

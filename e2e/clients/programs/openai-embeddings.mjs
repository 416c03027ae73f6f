import OpenAI from 'openai'
import { expect, KEY, MODEL, OPENAI_URL, PROMPT } from './setting.mjs'

const client = new OpenAI({ baseURL: OPENAI_URL, apiKey: KEY, maxRetries: 0 })
const { data, usage } = await client.embeddings.create({ model: MODEL, input: [PROMPT, 'Another text.'] })
expect(data.length === 2, `${data.length} vectors`)
expect(usage.total_tokens > 0, 'no usage')
console.log(JSON.stringify(data[1].embedding))

import { GoogleGenAI } from '@google/genai'
import { expect, GEMINI_URL, KEY, MODEL, PROMPT } from './setting.mjs'

const client = new GoogleGenAI({ apiKey: KEY, httpOptions: { baseUrl: GEMINI_URL } })
const { totalTokens } = await client.models.countTokens({ model: MODEL, contents: PROMPT })
expect(Number.isInteger(totalTokens) && totalTokens > 10, `totalTokens ${totalTokens}`)
console.log('counted')

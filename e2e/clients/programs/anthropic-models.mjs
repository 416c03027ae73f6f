import Anthropic from '@anthropic-ai/sdk'
import { ANTHROPIC_URL, expect, KEY, MODEL } from './setting.mjs'

const client = new Anthropic({ baseURL: ANTHROPIC_URL, apiKey: KEY, maxRetries: 0 })
const ids = []
for await (const { id, type, display_name } of client.models.list()) {
  expect(type === 'model' && typeof display_name === 'string', `${id} is ${type}, ${display_name}`)
  ids.push(id)
}
expect(ids.includes(MODEL), `the list has ${ids}`)
const { id, created_at } = await client.models.retrieve(MODEL)
expect(!Number.isNaN(Date.parse(created_at)), `created_at ${created_at}`)
console.log(id)

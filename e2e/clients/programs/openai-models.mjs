import OpenAI from 'openai'
import { expect, KEY, MODEL, OPENAI_URL } from './setting.mjs'

const client = new OpenAI({ baseURL: OPENAI_URL, apiKey: KEY, maxRetries: 0 })
const ids = []
for await (const { id, object } of client.models.list()) {
  expect(object === 'model', `object is ${object}`)
  ids.push(id)
}
expect(ids.includes(MODEL), `the list has ${ids}`)
const { id, created, owned_by } = await client.models.retrieve(MODEL)
expect(Number.isInteger(created) && typeof owned_by === 'string', 'no created or owned_by')
console.log(id)

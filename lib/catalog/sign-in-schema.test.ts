import { expect, test } from 'vitest'
import { putProviderBody } from './schema'

const body = { name: 'x', baseUrl: 'https://a.example/v1', apiShape: 'openai-chat' }

test.each<[string, Record<string, unknown>]>([
  ['headers.Authorization', { headers: { Authorization: 'Bearer x' } }],
  ['headers.X-API-Key', { headers: { 'X-API-Key': 'x' } }],
  ['headers.cf-aig-authorization', { headers: { 'cf-aig-authorization': 'x' } }],
  ['headers.Connection', { headers: { Connection: 'close' } }],
  ['headers.Host', { headers: { Host: 'b.example' } }],
  ['headers.x-amz-date', { headers: { 'x-amz-date': '1' } }],
  ['headers.bad name', { headers: { 'bad name': '1' } }],
  ['headers.x', { headers: { x: 'a\r\nb: c' } }],
  ['headers', { headers: ['x'] }],
  ['headers', { headers: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`h${index}`, '1'])) }],
  ['query.key', { query: { key: '1' } }],
  ['query.api-version', { query: { 'api-version': '1' } }],
  ['query.a b', { query: { 'a b': '1' } }],
  ['region', { region: 'us east' }],
  ['apiVersion', { apiVersion: '2024-10-21&x=1' }],
  ['authScheme', { authScheme: 'basic' }],
  ['awsCredentials.secretAccessKey', { awsCredentials: { accessKeyId: 'AKID', secretAccessKey: '' } }],
])('%s is refused by its name', (path, over) => {
  const parsed = putProviderBody.safeParse({ ...body, ...over })
  expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

test('a base URL may hold the model in its path', () => {
  const baseUrl = 'https://r.openai.azure.com/openai/deployments/{model}'
  expect(putProviderBody.parse({ ...body, baseUrl }).baseUrl).toBe(baseUrl)
})

test('what nobody has filled in is named', () => {
  const parsed = putProviderBody.safeParse({
    ...body,
    baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com/openai/v1',
  })
  expect(parsed.error?.issues[0]?.message).toContain('fill in {region}')
})

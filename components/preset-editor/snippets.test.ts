import { expect, test } from 'vitest'
import { presetSnippet, SNIPPET_LANGUAGES } from './snippets'

test.each(SNIPPET_LANGUAGES)('the %s snippet names this server and the preset', (language) => {
  const snippet = (hasModels: boolean) =>
    presetSnippet({ language, origin: 'http://127.0.0.1:3000', slug: 'tool-runner', hasModels })
  expect(snippet(true)).toContain('http://127.0.0.1:3000/api/v1')
  expect(snippet(true)).toMatch(/["']@preset\/tool-runner["']/)
  expect(snippet(false)).toMatch(/["']author\/model@preset\/tool-runner["']/)
})

test('the body of the curl command is JSON', () => {
  const snippet = presetSnippet({ language: 'curl', origin: 'http://h', slug: 'x', hasModels: true })
  expect(JSON.parse(/-d '(.*)'$/.exec(snippet)?.[1] ?? '')).toMatchObject({ model: '@preset/x' })
})

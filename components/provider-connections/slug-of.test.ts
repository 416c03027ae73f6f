import { expect, test } from 'vitest'
import { SLUG_PATTERN } from '@/lib/catalog/schema'
import { slugOf } from './slug-of'

test.each([
  ['Helios', 'helios'],
  ['Azure OpenAI (EU)', 'azure-openai-eu'],
  ['Fjärd & Söner', 'fjard-soner'],
  ['z.ai', 'z.ai'],
  ['  --  ', ''],
  ['日本', ''],
])('%s becomes %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
  if (slug !== '') expect(slug).toMatch(SLUG_PATTERN)
})

import { expect, test } from 'vitest'
import { checkTools } from './check-tools'

const tool = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }

test.each([
  ['nothing', ' \n', []],
  ['function tools', JSON.stringify([tool]), [tool]],
  ['other tools', '[{"type": "web_search"}]', [{ type: 'web_search' }]],
])('takes %s', (_what, text, tools) => {
  expect(checkTools(text)).toEqual({ ok: true, tools })
})

test.each([
  ['[{"type": "function"', 'Line 1, column 21: expected a comma or }'],
  ['{"type": "function"}', 'JSON array'],
  ['[\n  7\n]', 'Line 2, column 3: expected a tool'],
  ['[{"name": "a"}]', 'Line 1, column 2: the tool needs a "type"'],
  ['[{"type": "function"}]', 'Line 1, column 2: a function tool needs'],
  ['[{"type": "function",\n "function": {"name": "get weather"}}]', 'Line 2, column 23: expected a name'],
  [
    '[{"type": "function", "function": {"name": "a", "parameters": []}}]',
    'column 63: expected a JSON Schema',
  ],
  [JSON.stringify([tool, tool]), 'two tools "get_weather"'],
])('says where %j is wrong', (text, words) => {
  expect(checkTools(text)).toEqual({ ok: false, message: expect.stringContaining(words) })
})

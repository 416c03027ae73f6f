import { expect, test } from 'vitest'
import { prettyJson } from './pretty-json'

test.each([
  ['{"a":[1,{"b":null}]}', '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ]\n}'],
  ['7', '7'],
  ['{"a":', null],
  ['', null],
])('%s', (text, pretty) => {
  expect(prettyJson(text)).toBe(pretty)
})

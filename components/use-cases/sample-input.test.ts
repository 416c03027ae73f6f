import { expect, test } from 'vitest'
import { EMPTY_SAMPLE, requestOf, toolNamesOf } from './sample-input'

test('tool names are found however they are pasted', () => {
  expect(toolNamesOf('read_file\n write_file, "run_tests";\n\n')).toEqual([
    'read_file',
    'write_file',
    'run_tests',
  ])
  expect(toolNamesOf(' \n ')).toEqual([])
})

test('what was left empty was not seen, and nothing at all is no sample', () => {
  expect(requestOf({ app: ' ', tools: ',', systemPrompt: '\n' })).toBeNull()
  expect(requestOf({ ...EMPTY_SAMPLE, app: ' shop ' })).toEqual({
    app: 'shop',
    toolNames: null,
    systemPrompt: null,
  })
})

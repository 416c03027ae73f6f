import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { messagesWireRules } from '../anthropic-messages/wire-rules'
import { geminiWireRules } from '../gemini/wire-rules'
import { chatWireRules } from '../openai-chat/wire-rules'
import { responsesWireRules } from '../openai-responses/wire-rules'
import { applyEdits, describeEdits, restoreToolNames } from './apply-edits'
import { fits, fitText } from './fit-text'
import type { Edit, TextForm } from './schema'
import { valuesAt } from './wire-paths'

const may = () => true
const apply = (body: JsonObject, edits: readonly Edit[], wire = chatWireRules, mayDrop = may) =>
  applyEdits(body, edits, { wire, mayDrop })

describe('one edit', () => {
  const rows: [string, Edit, JsonObject, JsonObject][] = [
    ['drop', { kind: 'drop', parameter: 'seed', at: ['seed'] }, { seed: 1, n: 1 }, { n: 1 }],
    [
      'drop unless it has its default',
      { kind: 'drop', parameter: 'temperature', at: ['temperature'], unless: 1 },
      { temperature: 1 },
      { temperature: 1 },
    ],
    [
      'drop beside another',
      { kind: 'drop', parameter: 'top_p', at: ['top_p'], beside: 'temperature' },
      { top_p: 1, temperature: 0 },
      { temperature: 0 },
    ],
    [
      'drop beside another that is not there',
      { kind: 'drop', parameter: 'top_p', at: ['top_p'], beside: 'temperature' },
      { top_p: 1 },
      { top_p: 1 },
    ],
    ['rename', { kind: 'rename', parameter: 'a', to: 'b' }, { a: 5, c: 1 }, { c: 1, b: 5 }],
    ['rename beside its other name', { kind: 'rename', parameter: 'a', to: 'b' }, { a: 5, b: 7 }, { b: 7 }],
    [
      'replace',
      { kind: 'replace', parameter: 'role', at: ['messages[].role'], values: { developer: 'system' } },
      { messages: [{ role: 'developer' }, { role: 'user' }] },
      { messages: [{ role: 'system' }, { role: 'user' }] },
    ],
    ['cap', { kind: 'cap', parameter: 'max', at: ['max'], most: 10 }, { max: 11 }, { max: 10 }],
    [
      'cap what is low enough',
      { kind: 'cap', parameter: 'max', at: ['max'], most: 10 },
      { max: 10 },
      { max: 10 },
    ],
    [
      'shorten what is short enough',
      { kind: 'shorten', parameter: 'user', at: ['user'], maxLength: 64 },
      { user: 'u'.repeat(64) },
      { user: 'u'.repeat(64) },
    ],
  ]
  test.each(rows)('%s', (_name, edit, body, expected) => {
    const { body: fitted, made } = apply(body, [edit])
    expect(fitted).toEqual(expected)
    expect(made).toEqual(fitted === body ? [] : [edit])
  })
})

test('a long user becomes the same short one each time, and another one another', () => {
  const edit: Edit = { kind: 'shorten', parameter: 'user', at: ['user'], maxLength: 64 }
  const short = (user: string) => apply({ user }, [edit]).body.user
  expect(short('a'.repeat(65))).toMatch(/^[0-9a-f]{64}$/)
  expect(short('a'.repeat(65))).toBe(short('a'.repeat(65)))
  expect(short('a'.repeat(65))).not.toBe(short('b'.repeat(65)))
})

test('nothing is left out where that is forbidden', () => {
  const drop: Edit = { kind: 'drop', parameter: 'seed', at: ['seed'] }
  const rename: Edit = { kind: 'rename', parameter: 'a', to: 'b' }
  expect(apply({ seed: 1, a: 1 }, [drop, rename], chatWireRules, () => false).body).toEqual({ seed: 1, b: 1 })
})

test('thinking by a budget becomes an effort', () => {
  const edit: Edit = { kind: 'adaptive_thinking', display: 'summarized' }
  const adaptive = (body: JsonObject) => apply(body, [edit], messagesWireRules).body
  expect(adaptive({ thinking: { type: 'enabled', budget_tokens: 2048 } })).toEqual({
    thinking: { type: 'adaptive', display: 'summarized' },
    output_config: { effort: 'low' },
  })
  expect(
    adaptive({
      thinking: { type: 'enabled', budget_tokens: 2048, display: 'omitted' },
      output_config: { effort: 'max', format: {} },
    }),
  ).toEqual({
    thinking: { type: 'adaptive', display: 'omitted' },
    output_config: { effort: 'max', format: {} },
  })
  const disabled = { thinking: { type: 'disabled' } }
  expect(adaptive(disabled)).toBe(disabled)
})

const form: fc.Arbitrary<TextForm> = fc.record({
  maxLength: fc.integer({ min: 20, max: 128 }),
  extra: fc.constantFrom('', '_-', '_-.:', null),
  startsWithLetter: fc.boolean(),
})
const oddName = fc.oneof(
  fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
  fc.stringMatching(/^[a-z.:_/-]{1,200}$/),
  fc.integer({ min: 1, max: 9 }).map((count) => 'mcp__a_long_server_name__with_a_tool'.repeat(count)),
)

test('fitted texts have the form, and the same text is fitted in the same way', () => {
  fc.assert(
    fc.property(oddName, form, (text, wanted) => {
      const fitted = fitText(text, wanted)
      expect(fits(fitted, wanted)).toBe(true)
      expect(fitText(text, wanted)).toBe(fitted)
      expect(fitText(fitted, wanted)).toBe(fitted)
    }),
  )
})

test('an id of exactly nine letters and digits', () => {
  const nine: TextForm = { minLength: 9, maxLength: 9, extra: '' }
  expect(fitText('D681PevKs', nine)).toBe('D681PevKs')
  fc.assert(fc.property(oddName, (text) => /^[A-Za-z0-9]{9}$/.test(fitText(text, nine))))
})

/** A conversation with these tools, each of which was called, and an answer that calls each again. */
const SHAPES = [
  {
    wire: chatWireRules,
    request: (names: string[]): JsonObject => ({
      tools: names.map((name) => ({ type: 'function', function: { name } })),
      messages: [
        { role: 'assistant', tool_calls: names.map((name, at) => ({ id: `c:${at}`, function: { name } })) },
        ...names.map((name, at) => ({ role: 'tool', tool_call_id: `c:${at}`, name, content: '' })),
      ],
    }),
    answer: (names: string[]): JsonObject => ({
      choices: [{ delta: { tool_calls: names.map((name) => ({ function: { name } })) } }],
    }),
  },
  {
    wire: messagesWireRules,
    request: (names: string[]): JsonObject => ({
      tools: names.map((name) => ({ name })),
      messages: [
        { role: 'assistant', content: names.map((name, at) => ({ type: 'tool_use', id: `c:${at}`, name })) },
        { role: 'user', content: names.map((_, at) => ({ type: 'tool_result', tool_use_id: `c:${at}` })) },
      ],
    }),
    answer: (names: string[]): JsonObject => ({ content: names.map((name) => ({ type: 'tool_use', name })) }),
  },
  {
    wire: responsesWireRules,
    request: (names: string[]): JsonObject => ({
      tools: names.map((name) => ({ type: 'function', name })),
      input: names.flatMap((name, at) => [
        { type: 'function_call', call_id: `c:${at}`, name },
        { type: 'function_call_output', call_id: `c:${at}`, output: '' },
      ]),
    }),
    answer: (names: string[]): JsonObject => ({
      output: names.map((name) => ({ type: 'function_call', name })),
    }),
  },
  {
    wire: geminiWireRules,
    request: (names: string[]): JsonObject => ({
      tools: [{ functionDeclarations: names.map((name) => ({ name })) }],
      contents: [
        { parts: names.map((name) => ({ functionCall: { name } })) },
        { parts: names.map((name) => ({ functionResponse: { name } })) },
      ],
    }),
    answer: (names: string[]): JsonObject => ({
      candidates: [{ content: { parts: names.map((name) => ({ functionCall: { name } })) } }],
    }),
  },
]

test('names of tools fit on the way there and are the client’s own on the way back, in every shape', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SHAPES),
      fc.uniqueArray(oddName, { minLength: 1, maxLength: 8 }),
      fc.array(form, { minLength: 1, maxLength: 2 }),
      ({ wire, request, answer }, names, forms) => {
        const edits: Edit[] = forms.map((one) => ({ kind: 'tool_names', form: one }))
        const asked = request(names)
        const { body, toolNames } = apply(asked, edits, wire)
        const sent = [...new Set(wire.toolNames.request.flatMap((path) => valuesAt(body, path)))].map(String)
        expect(sent).toHaveLength(names.length)
        const last = forms.at(-1)
        expect(sent.every((name) => last && fits(name, last))).toBe(true)
        const restored = toolNames === null ? answer(sent) : restoreToolNames(answer(sent), toolNames, wire)
        expect(restored).toEqual(answer(names))
        // The next turn sends the client's names again, and they are written as before.
        expect(apply(asked, edits, wire).body).toEqual(body)
      },
    ),
  )
})

test('a call and its result keep one id, in every shape that has ids', () => {
  const nine: Edit = { kind: 'call_ids', form: { minLength: 9, maxLength: 9, extra: '' } }
  for (const { wire, request } of SHAPES) {
    const before = wire.callIds.flatMap((path) => valuesAt(request(['a', 'b']), path)).map(String)
    const after = wire.callIds
      .flatMap((path) => valuesAt(apply(request(['a', 'b']), [nine], wire).body, path))
      .map(String)
    expect(after).toHaveLength(before.length)
    expect(after.every((id) => /^[A-Za-z0-9]{9}$/.test(id))).toBe(true)
    expect(after.map((id) => after.indexOf(id))).toEqual(before.map((id) => before.indexOf(id)))
  }
})

test('a shortened name says in words what was done', () => {
  const { body, made, toolNames } = apply(
    { tools: [{ function: { name: `a.${'x'.repeat(80)}` } }] },
    chatWireRules.edits,
  )
  const [name] = valuesAt(body, 'tools[].function.name')
  expect(name).toMatch(/^a_x{53}_\w{8}$/)
  expect(toolNames).toEqual(new Map([[name, `a.${'x'.repeat(80)}`]]))
  expect(describeEdits(made)).toEqual(['tool names written in at most 64 characters of letters, digits, _ -'])
})

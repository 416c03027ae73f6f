import { describe, expect, test } from 'vitest'
import { responsesRequest } from './schema'

const input = [{ role: 'user', content: 'Hi' }]

describe('responsesRequest', () => {
  test('keeps unknown fields and the items themselves', () => {
    const body = { model: '@preset/tool-runner', input, client_metadata: { a: [1, null] }, store: true }
    const parsed = responsesRequest.parse(body)
    expect(parsed).toEqual(body)
    expect(parsed.input).toEqual(input)
  })

  test.each<[string, object]>([
    ['a text', { input: 'Hi' }],
    [
      'nulls for what is not said',
      {
        input,
        instructions: null,
        tools: null,
        previous_response_id: null,
        conversation: null,
        prompt: null,
        background: null,
        text: null,
        reasoning: null,
      },
    ],
    ['items of kinds we do not know', { input: [{ type: 'web_search_call', id: 'ws_1', action: {} }] }],
    [
      'a message that says its type',
      { input: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes' }] }] },
    ],
    [
      'a result in parts',
      {
        input: [{ type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'x' }] }],
      },
    ],
    [
      'a reference to reasoning, which is left out',
      { input: [...input, { type: 'item_reference', id: 'rs_1' }] },
    ],
    [
      'tools of all kinds',
      {
        input,
        tools: [
          { type: 'web_search' },
          { type: 'custom', name: 'run' },
          { type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'find' }] },
        ],
      },
    ],
    ['background: false', { input, background: false }],
  ])('takes %s', (_, body) => {
    expect(responsesRequest.safeParse(body).error?.issues).toBeUndefined()
  })

  test.each<[string, unknown, string, string]>([
    ['no input', {}, 'input', 'expected text or a list of input items'],
    ['a number for input', { input: 7 }, 'input', 'expected text or a list of input items'],
    ['an empty list', { input: [] }, 'input', 'expected at least one input item'],
    ['an item that is text', { input: ['Hi'] }, 'input.0', 'expected an input item'],
    ['an item of no kind', { input: [{}] }, 'input.0.type', 'expected an item with a type'],
    ['a type that is a number', { input: [{ type: 7 }] }, 'input.0.type', 'expected text'],
    [
      'an unknown role',
      { input: [{ role: 'tool', content: 'x' }] },
      'input.0.role',
      'expected user, assistant, system or developer',
    ],
    [
      'a message without content',
      { input: [{ role: 'user' }] },
      'input.0.content',
      'expected text or a list of content parts',
    ],
    [
      'a part without a type',
      { input: [{ role: 'user', content: [{ text: 'x' }] }] },
      'input.0.content',
      'expected text or a list of content parts',
    ],
    [
      'a call whose arguments are an object',
      { input: [{ type: 'function_call', call_id: 'c', name: 'n', arguments: {} }] },
      'input.0.arguments',
      'expected text',
    ],
    [
      'a custom call without input',
      { input: [{ type: 'custom_tool_call', call_id: 'c', name: 'n' }] },
      'input.0.input',
      'expected text',
    ],
    [
      'a result of no call',
      { input: [{ type: 'function_call_output', output: 'x' }] },
      'input.0.call_id',
      'expected text',
    ],
    [
      'a call without a result',
      { input: [{ type: 'function_call_output', call_id: 'c' }] },
      'input.0.output',
      'expected text or a list',
    ],
    [
      'a summary that is text',
      { input: [{ type: 'reasoning', summary: 'x' }] },
      'input.0.summary',
      'expected a list',
    ],
    [
      'a reference to a message',
      { input: [{ type: 'item_reference', id: 'msg_1' }] },
      'input.0',
      'send the item itself',
    ],
    ['a bare id', { input: [{ id: 'msg_1' }] }, 'input.0', 'send the item itself'],
    [
      'an earlier response',
      { input, previous_response_id: 'resp_1' },
      'previous_response_id',
      'send the earlier items, with their answers, in input',
    ],
    [
      'a conversation',
      { input, conversation: { id: 'conv_1' } },
      'conversation',
      'send the items of the conversation in input',
    ],
    [
      'a stored prompt',
      { input, prompt: { id: 'pmpt_1' } },
      'prompt',
      'send the text of the prompt in instructions or input',
    ],
    ['background: true', { input, background: true }, 'background', 'send stream: true'],
    ['stream in words', { input, stream: 'yes' }, 'stream', 'expected true or false'],
    ['store in words', { input, store: 'no' }, 'store', 'expected true or false'],
    ['tools that are no list', { input, tools: {} }, 'tools', 'expected a list of tools'],
    ['a tool that is text', { input, tools: ['x'] }, 'tools.0', 'expected a tool'],
    ['a tool of no type', { input, tools: [{ name: 'a' }] }, 'tools.0.type', 'expected the type of the tool'],
    [
      'a function without a name',
      { input, tools: [{ type: 'function' }] },
      'tools.0.name',
      'expected a name',
    ],
    [
      'a tool of the chat shape',
      { input, tools: [{ type: 'function', function: { name: 'a' } }] },
      'tools.0.name',
      "the nested form is the chat shape's",
    ],
    [
      'a tool within a namespace',
      { input, tools: [{ type: 'namespace', name: 'crm', tools: [{ type: 'function' }] }] },
      'tools.0.tools.0.name',
      'expected a name',
    ],
    [
      'a namespace of nothing',
      { input, tools: [{ type: 'namespace', name: 'crm' }] },
      'tools.0.tools',
      'expected a list of tools',
    ],
    [
      'an unknown choice',
      { input, tool_choice: 'maybe' },
      'tool_choice',
      'expected none, auto, required or a tool',
    ],
    ['no tokens at all', { input, max_output_tokens: 0 }, 'max_output_tokens', 'expected 1 or more'],
    ['half a token', { input, max_output_tokens: 1.5 }, 'max_output_tokens', 'expected a whole number'],
    ['a temperature in words', { input, temperature: 'hot' }, 'temperature', 'expected a number'],
    ['a format of no type', { input, text: { format: {} } }, 'text.format.type', 'expected text'],
    [
      'a format without its schema',
      { input, text: { format: { type: 'json_schema', name: 'a' } } },
      'text.format.schema',
      'expected a JSON Schema',
    ],
    ['an effort that is a number', { input, reasoning: { effort: 3 } }, 'reasoning.effort', 'expected text'],
    ['include that is text', { input, include: 'x' }, 'include', 'expected a list of texts'],
    [
      'instructions in parts',
      { input, instructions: [{ type: 'input_text', text: 'x' }] },
      'instructions',
      'expected text',
    ],
  ])('refuses %s and names the field', (_, body, field, message) => {
    const { error } = responsesRequest.safeParse(body)
    expect(error?.issues[0]?.path.join('.')).toBe(field)
    expect(error?.issues[0]?.message).toContain(message)
  })

  test('is one pass over a prompt of 20 MB in many items, and tells no more problems than anybody reads', () => {
    const many = Array.from({ length: 200_000 }, () => ({ role: 'user', content: 'x'.repeat(100) }))
    expect(responsesRequest.safeParse({ input: many }).success).toBe(true)
    const { error } = responsesRequest.safeParse({ input: Array.from({ length: 200_000 }, () => 7) })
    expect(error?.issues).toHaveLength(20)
  })
})

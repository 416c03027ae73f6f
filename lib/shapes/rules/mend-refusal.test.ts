import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../platform/json-value'
import { messagesWireRules } from '../anthropic-messages/wire-rules'
import { geminiWireRules } from '../gemini/wire-rules'
import { chatWireRules } from '../openai-chat/wire-rules'
import { responsesWireRules } from '../openai-responses/wire-rules'
import { describeEdit } from './describe-edit'
import { mendRefusal, refusesParameter } from './mend-refusal'
import type { WireRules } from './wire-rules'

const TOOL = { type: 'function', function: { name: 'tide_at', parameters: { type: 'object' }, strict: true } }
const CHAT: JsonObject = {
  model: 'm',
  stream: true,
  messages: [
    { role: 'developer', content: 'Be short.' },
    {
      role: 'user',
      name: 'ada',
      content: [{ type: 'text', text: 'tide?', cache_control: { type: 'ephemeral' } }],
    },
    {
      role: 'assistant',
      content: null,
      reasoning_content: 'hm',
      tool_calls: [
        {
          index: 0,
          id: 'call_Zx81mmQwPq02',
          type: 'function',
          function: { name: 'tide_at', arguments: '{}' },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'call_Zx81mmQwPq02', content: '04:10' },
  ],
  tools: [TOOL],
  tool_choice: 'auto',
  response_format: { type: 'json_object' },
  parallel_tool_calls: true,
  max_tokens: 64_000,
  temperature: 0.2,
  top_p: 0.9,
  presence_penalty: 0,
  stream_options: { include_usage: true },
  store: false,
  seed: 7,
  user: 'u',
  reasoning_effort: 'minimal',
  service_tier: 'flex',
  n: 1,
  prompt_cache_key: 'k',
  my_note: 'x',
}
const MESSAGES: JsonObject = {
  model: 'm',
  max_tokens: 64_000,
  thinking: { type: 'enabled', budget_tokens: 9000 },
  temperature: 1,
  top_p: 0.9,
  top_k: 5,
  context_management: { edits: [] },
  metadata: { user_id: 'u' },
  system: [{ type: 'text', text: 's', cache_control: { type: 'ephemeral', scope: 'global' } }],
  tools: [{ name: 'tide_at', input_schema: { type: 'object' }, strict: true, eager_input_streaming: true }],
  messages: [
    { role: 'user', content: 'tide?' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'call:1', name: 'tide_at', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call:1', content: '04:10' }] },
  ],
}
const RESPONSES: JsonObject = {
  model: 'm',
  input: [
    { type: 'message', role: 'developer', content: 'Be short.' },
    { type: 'function_call', call_id: 'c', name: 'tide_at', arguments: '{}' },
  ],
  tools: [{ type: 'function', name: 'tide_at', parameters: {}, strict: true }],
  reasoning: { effort: 'xhigh', summary: 'auto' },
  temperature: 0.1,
  store: false,
}
const GEMINI: JsonObject = {
  contents: [{ role: 'user', parts: [{ text: 'tide?' }] }],
  tools: [{ functionDeclarations: [{ name: 'tide:at' }] }],
  generationConfig: { temperature: 0.1, thinkingConfig: { thinkingLevel: 'LOW' }, presencePenalty: 1 },
  labels: { team: 'x' },
}

const all = () => true
function mended(wire: WireRules, body: JsonObject, answer: unknown, status = 400, mayDrop = all): string[] {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  return mendRefusal({ status, text, body, wire, mayDrop }).map(({ edit }) => describeEdit(edit))
}
const openai = (message: string, param: string | null = null, code: string | null = null) => ({
  error: { message, type: 'invalid_request_error', param, code },
})
const anthropic = (message: string) => ({ type: 'error', error: { type: 'invalid_request_error', message } })
const extra = (...loc: (string | number)[]) => ({
  type: 'extra_forbidden',
  loc: ['body', ...loc],
  msg: 'Extra inputs are not permitted',
  input: null,
})

describe('refusals of chat completions that can be mended', () => {
  const rows: [string, unknown, string[]][] = [
    [
      'OpenAI: max_tokens',
      openai(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        'max_tokens',
        'unsupported_parameter',
      ),
      ['max_tokens sent as max_completion_tokens'],
    ],
    [
      'OpenAI: temperature',
      openai(
        "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
        'temperature',
        'unsupported_value',
      ),
      ['temperature left out'],
    ],
    [
      'OpenAI: effort',
      openai(
        "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
        'reasoning_effort',
        'unsupported_value',
      ),
      ['reasoning_effort minimal sent as low'],
    ],
    [
      'OpenAI, by its code alone',
      openai('No.', 'service_tier', 'unknown_parameter'),
      ['service_tier left out'],
    ],
    [
      'Azure: argument',
      openai(
        'Unrecognized request argument supplied: stream_options. Please contact us through an Azure support request at: https://go.microsoft.com/fwlink/?linkid=2213926 for further questions.',
      ),
      ['stream_options left out'],
    ],
    [
      'Azure: arguments',
      openai('Unrecognized request arguments supplied: store, seed'),
      ['store left out', 'seed left out'],
    ],
    [
      'Azure AI: place',
      openai('Validation error at #/stream_options: Extra inputs are not permitted'),
      ['stream_options left out'],
    ],
    [
      'OpenAI: user',
      openai(
        "Invalid 'user': string too long. Expected a string with maximum length 64, but got a string with length 96 instead.",
        'user',
        'string_above_max_length',
      ),
      ['user shortened to 64 characters'],
    ],
    [
      'OpenAI: call id',
      openai(
        "Invalid 'messages[2].tool_calls[0].id': string too long. Expected a string with maximum length 40, but got a string with length 46 instead.",
      ),
      ['call ids written in at most 40 characters'],
    ],
    [
      'DeepSeek: tool name',
      openai(
        "Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 48, but got a string with length 71 instead.",
      ),
      ['tool names written in at most 48 characters of letters, digits, _ -'],
    ],
    [
      'DeepSeek: role',
      openai(
        'Failed to deserialize the JSON body into the target type: messages[0].role: unknown variant `developer`, expected one of `system`, `user`, `assistant`, `tool` at line 1 column 40',
      ),
      ['role developer sent as system'],
    ],
    ['vLLM: role', openai('Unexpected message role.'), ['role developer sent as system']],
    [
      'OpenAI: role',
      openai("Unsupported value: 'messages[0].role' does not support 'developer' with this model."),
      ['role developer sent as system'],
    ],
    [
      'DeepSeek: range',
      openai('Invalid max_tokens value, the valid range of max_tokens is [1, 8192]'),
      ['max_tokens capped at 8,192'],
    ],
    [
      'OpenAI: too many tokens',
      openai(
        'max_tokens is too large: 64000. This model supports at most 16384 completion tokens, whereas you provided 64000.',
      ),
      ['max_tokens capped at 16,384'],
    ],
    [
      'Groq: too many tokens',
      openai(
        '`max_tokens` must be less than or equal to `32768`, the maximum value for `max_tokens` is less than the `context_window` for this model',
      ),
      ['max_tokens capped at 32,768'],
    ],
    ['FastAPI', { detail: [extra('stream_options')] }, ['stream_options left out']],
    [
      'Mistral',
      {
        object: 'error',
        message: {
          detail: [
            extra('messages', 2, 'assistant', 'reasoning_content'),
            extra('messages', 1, 'user', 'name'),
          ],
        },
        type: 'invalid_request_error',
      },
      ['reasoning_content left out', 'messages[].name left out'],
    ],
    [
      'Mistral, JSON in a text',
      { object: 'error', message: JSON.stringify({ detail: [extra('seed')] }), code: '1000' },
      ['seed left out'],
    ],
    [
      'Mistral: call id',
      {
        object: 'error',
        message: 'Tool call id was call_Zx81mmQwPq02 but must be a-z, A-Z, 0-9, with a length of 9.',
        type: 'invalid_function_call',
        code: '3280',
      },
      ['call ids written in 9 letters and digits'],
    ],
    [
      'vLLM, as Python prints it',
      {
        object: 'error',
        message:
          "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs are not permitted', 'input': {'include_usage': True}}]",
      },
      ['stream_options left out'],
    ],
    ['pydantic 1', { error: 'extra fields not permitted: store' }, ['store left out']],
    [
      'Fireworks',
      openai(
        "Extra inputs are not permitted, field: 'tools[0].function.strict', value: True; Extra inputs are not permitted, field: 'stream_options', value: {}",
      ),
      ['strict left out', 'stream_options left out'],
    ],
    ['Groq', openai("property 'store' is unsupported, did you mean 'stop'?"), ['store left out']],
    [
      'Groq: message',
      openai(
        "'messages.2' : for 'role:assistant' the following must be satisfied[('messages.2' : property 'reasoning_content' is unsupported)]",
      ),
      ['reasoning_content left out'],
    ],
    [
      'Cerebras',
      {
        message:
          "messages.2.assistant.reasoning_content: property 'messages.2.assistant.reasoning_content' is unsupported",
        type: 'invalid_request_error',
        param: 'validation_error',
        code: 'wrong_api_format',
      },
      ['reasoning_content left out'],
    ],
    [
      'xAI',
      {
        code: 'Client specified an invalid argument',
        error: 'Argument not supported on this model: presencePenalty',
      },
      ['presence_penalty left out'],
    ],
    [
      'xAI, newer',
      { error: 'Model grok-4.6 does not support parameter presencePenalty.' },
      ['presence_penalty left out'],
    ],
    [
      'Google',
      [
        {
          error: {
            code: 400,
            message:
              'Invalid JSON payload received. Unknown name "store": Cannot find field.\nInvalid JSON payload received. Unknown name "prompt_cache_key": Cannot find field.',
            status: 'INVALID_ARGUMENT',
            details: [],
          },
        },
      ],
      ['store left out', 'prompt_cache_key left out'],
    ],
    [
      'Databricks',
      { error_code: 'BAD_REQUEST', message: 'Bad request: json: unknown field "stream_options"' },
      ['stream_options left out'],
    ],
    [
      'Bedrock',
      {
        message:
          'The model returned the following errors: Failed to deserialize the JSON body into the target type: my_note: unknown field `my_note`, expected one of `messages`, `model` at line 1 column 212',
      },
      ['my_note left out'],
    ],
    [
      'Bedrock: key',
      {
        message:
          'Malformed input request: #: extraneous key [presence_penalty] is not permitted, please reformat your input and try again.',
      },
      ['presence_penalty left out'],
    ],
    [
      'Cohere',
      {
        message:
          "unknown field: parameter 'strict' is not a valid field. For proper usage, please refer to https://docs.cohere.com/reference/chat",
      },
      ['strict left out'],
    ],
    [
      'Cohere, within a call',
      { message: "unknown field: parameter 'index' is not a valid field." },
      ['index left out'],
    ],
    ['Moonshot', openai('invalid temperature: only 1 is allowed for this model'), ['temperature left out']],
    [
      'LiteLLM',
      openai(
        "litellm.UnsupportedParamsError: openai does not support parameters: ['reasoning_effort'], for model=m.",
      ),
      ['reasoning_effort left out'],
    ],
    [
      'Claude behind a chat shape',
      openai(
        'BedrockException - {"message":"The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one."}',
      ),
      ['top_p left out beside temperature'],
    ],
    [
      'a nested mark',
      openai('messages.1.content.0.cache_control: Extra inputs are not permitted'),
      ['cache_control left out'],
    ],
    ["the client's own field", { detail: [extra('my_note')] }, ['my_note left out']],
    ['plain text', 'Unsupported parameter: parallel_tool_calls', ['parallel_tool_calls left out']],
    ['a value that changes nothing', { detail: [extra('n')] }, ['n left out']],
  ]
  test.each(rows)('%s', (_name, answer, expected) => {
    expect(mended(chatWireRules, CHAT, answer)).toEqual(expected)
  })
})

describe('refusals of other shapes that can be mended', () => {
  const rows: [string, WireRules, JsonObject, unknown, string[]][] = [
    [
      'thinking by effort alone',
      messagesWireRules,
      MESSAGES,
      anthropic(
        '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
      ),
      ['thinking sent as adaptive with an effort'],
    ],
    [
      'one of two samplers',
      messagesWireRules,
      MESSAGES,
      anthropic('`temperature` and `top_p` cannot both be specified for this model. Please use only one.'),
      ['top_p left out beside temperature'],
    ],
    [
      'one of two samplers, the other way round',
      messagesWireRules,
      MESSAGES,
      anthropic('top_p and temperature cannot both be set.'),
      ['top_p left out beside temperature'],
    ],
    [
      'a sampler no more',
      messagesWireRules,
      MESSAGES,
      anthropic('`temperature` is deprecated for this model.'),
      ['temperature left out'],
    ],
    [
      'an extra input',
      messagesWireRules,
      MESSAGES,
      anthropic('top_k: Extra inputs are not permitted'),
      ['top_k left out'],
    ],
    [
      'a beta',
      messagesWireRules,
      MESSAGES,
      anthropic('context_management: Extra inputs are not permitted'),
      ['context_management left out'],
    ],
    [
      'a mark on tools',
      messagesWireRules,
      MESSAGES,
      anthropic('tools.0.custom.strict: Extra inputs are not permitted'),
      ['strict left out'],
    ],
    [
      'a mark within a mark',
      messagesWireRules,
      MESSAGES,
      { message: 'system.0.cache_control.ephemeral.scope: Extra inputs are not permitted' },
      ['scope left out'],
    ],
    [
      'ids of another form',
      messagesWireRules,
      MESSAGES,
      anthropic("messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'"),
      ['call ids written in at most 40 characters of letters, digits, _ -'],
    ],
    [
      'names that are too long',
      messagesWireRules,
      MESSAGES,
      { message: 'tools.0.custom.name: String should have at most 64 characters' },
      ['tool names written in at most 64 characters of letters, digits, _ -'],
    ],
    [
      'too many tokens',
      messagesWireRules,
      MESSAGES,
      anthropic('max_tokens: 64000 > 8192, which is the maximum allowed number of output tokens for m'),
      ['max_tokens capped at 8,192'],
    ],
    [
      'Responses: sampling',
      responsesWireRules,
      RESPONSES,
      openai("Unsupported parameter: 'temperature' is not supported with this model.", 'temperature'),
      ['temperature left out'],
    ],
    [
      'Responses: effort',
      responsesWireRules,
      RESPONSES,
      openai(
        "Unsupported value: 'xhigh' is not supported with the 'm' model. Supported values are: 'low', 'medium', and 'high'.",
        'reasoning.effort',
        'unsupported_value',
      ),
      ['reasoning.effort xhigh sent as high'],
    ],
    [
      'Responses: role',
      responsesWireRules,
      RESPONSES,
      openai('Unexpected message role.'),
      ['role developer sent as system'],
    ],
    [
      'Gemini: a field in its own spelling',
      geminiWireRules,
      GEMINI,
      {
        error: {
          code: 400,
          message:
            'Invalid JSON payload received. Unknown name "thinkingLevel" at \'generation_config.thinking_config\': Cannot find field.',
        },
      },
      ['thinkingLevel left out'],
    ],
    [
      'Gemini: labels',
      geminiWireRules,
      GEMINI,
      {
        error: {
          code: 400,
          message: 'Invalid JSON payload received. Unknown name "labels": Cannot find field.',
        },
      },
      ['labels left out'],
    ],
    [
      'Gemini: names',
      geminiWireRules,
      GEMINI,
      {
        error: {
          message:
            '* GenerateContentRequest.tools[0].function_declarations[0].name: Invalid function name. Must start with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.) or dashes (-), with a maximum length of 64.',
        },
      },
      ['tool names written in at most 64 characters of letters, digits, _ -'],
    ],
  ]
  test.each(rows)('%s', (_name, wire, body, answer, expected) => {
    expect(mended(wire, body, answer)).toEqual(expected)
  })
})

describe('what is never left out', () => {
  const rows: [string, unknown][] = [
    ['tools', { detail: [extra('tools')] }],
    ['tools, in words', openai('Unrecognized request argument supplied: tools')],
    ['tool_choice', openai("Unknown parameter: 'tool_choice'.", 'tool_choice', 'unknown_parameter')],
    ['response_format', openai("property 'response_format' is unsupported")],
    [
      'messages',
      openai("Invalid 'messages[1].content': string too long. Expected a string with maximum length 1048576"),
    ],
    ['a part of a message', { detail: [extra('messages', 2, 'assistant', 'tool_calls')] }],
    ['one that can be and one that cannot', { detail: [extra('seed'), extra('tools')] }],
  ]
  test.each(rows)('%s', (_name, answer) => {
    expect(mended(chatWireRules, CHAT, answer)).toEqual([])
    expect(refusesParameter({ status: 400, text: JSON.stringify(answer) }, CHAT)).toBe(true)
  })

  test('an n that asks for more than one answer', () => {
    expect(mended(chatWireRules, { ...CHAT, n: 2 }, { detail: [extra('n')] })).toEqual([])
  })
})

describe('refusals of the request as such teach nothing', () => {
  const rows: [string, unknown, number][] = [
    [
      'context',
      openai(
        "This model's maximum context length is 8192 tokens. However, you requested 8256 tokens (64 in the messages, 8192 in the completion).",
        'messages',
        'context_length_exceeded',
      ),
      400,
    ],
    ['moderation', openai('Your request was rejected as a result of our safety system.'), 400],
    ['another status', openai("Unsupported parameter: 'seed'", 'seed', 'unsupported_parameter'), 403],
    [
      'a parameter that was not sent',
      openai("Unsupported parameter: 'logit_bias'", 'logit_bias', 'unsupported_parameter'),
      400,
    ],
    ['a web page', '<!doctype html><title>Bad Request</title>', 400],
    ['nothing', '', 400],
  ]
  test.each(rows)('%s', (_name, answer, status) => {
    expect(mended(chatWireRules, CHAT, answer, status)).toEqual([])
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
    expect(refusesParameter({ status, text }, CHAT)).toBe(false)
  })
})

test('a client that forbids it has nothing left out, but names and ids are still mended', () => {
  const refused = { detail: [extra('seed')] }
  expect(mended(chatWireRules, CHAT, refused, 422, () => false)).toEqual([])
  const limit = openai("Unsupported parameter: 'max_tokens' is not supported with this model.")
  expect(mended(chatWireRules, CHAT, limit, 400, () => false)).toEqual([
    'max_tokens sent as max_completion_tokens',
  ])
})

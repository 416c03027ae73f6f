import type { JsonObject } from '../../platform/json-value'
import { objectOf, objectsOf } from '../../platform/json-value'
import type { ApiShape } from '../../records/vocabulary'
import type { ReasoningPart } from '../hub'
import { ALL_SHAPES } from '../registry'
import type { ConformingShape } from './conformance.fixture'
import { callOf } from './hub-values.fixture'

type Told = Omit<ConformingShape, 'name' | 'shape'>
const TIDE = callOf('call_1', 'tide_at', '{"port":"Tarn"}')
const thought = (fields: Partial<ReasoningPart>): ReasoningPart => ({
  type: 'reasoning',
  kind: 'text',
  text: 'Hm. Tarn…',
  signature: null,
  id: null,
  format: 'unsigned',
  ...fields,
})
const RESULT = '04:10'

const TOLD: Readonly<Record<ApiShape, Told>> = {
  'openai-chat': {
    cannotSay: {
      'an error of a tool': 'A result has no such field; its text begins with "Error: ".',
      top_k: 'OpenAI has none, and strict providers refuse what they do not know.',
    },
    thoughts: [thought({}), TIDE],
    nextTurn: (answer) => {
      const message = objectOf(objectsOf(answer.choices)[0]?.message)
      const results = objectsOf(message.tool_calls).map(({ id }) => ({
        role: 'tool',
        tool_call_id: id,
        content: RESULT,
      }))
      return { messages: [{ role: 'user', content: 'Tide?' }, message, ...results] }
    },
  },
  'openai-responses': {
    cannotSay: {
      'an error of a tool': 'A result has no such field; its text begins with "Error: ".',
      'a recording': 'Input is text, pictures and files.',
      top_k: 'No such field.',
      seed: 'No such field.',
      stop: 'No such field.',
      'frequency penalty': 'No such field.',
      'presence penalty': 'No such field.',
    },
    thoughts: [thought({ kind: 'encrypted', text: 'gAAA', id: 'rs_1', format: 'openai-responses-v1' }), TIDE],
    nextTurn: (answer) => {
      const output = objectsOf(answer.output)
      const results = output
        .filter(({ type }) => type === 'function_call')
        .map(({ call_id }) => ({ type: 'function_call_output', call_id, output: RESULT }))
      return { input: [{ role: 'user', content: 'Tide?' }, ...output, ...results] }
    },
  },
  'anthropic-messages': {
    cannotSay: {
      'a recording': 'Content is text, pictures and documents.',
      seed: 'No such field.',
      'frequency penalty': 'No such field.',
      'presence penalty': 'No such field.',
      'prompt cache key': 'Caches are marked in the prompt.',
      "a schema's name": 'Formats have none.',
      'an answer in JSON': 'Only by a schema.',
    },
    thoughts: [
      thought({ signature: 'c2ln', format: 'anthropic-claude-v1' }),
      thought({ kind: 'encrypted', text: 'c2VhbGVk', format: 'anthropic-claude-v1' }),
      TIDE,
    ],
    nextTurn: ({ content }) => {
      const results = objectsOf(content)
        .filter(({ type }) => type === 'tool_use')
        .map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: RESULT }))
      const messages = [
        { role: 'user', content: 'Tide?' },
        { role: 'assistant', content },
        { role: 'user', content: results },
      ]
      return { max_tokens: 100, messages }
    },
  },
  gemini: {
    cannotSay: {
      'no parallel calls': 'No such field.',
      user: 'No such field.',
      'prompt cache key': 'Caches are resources of their own.',
      "a schema's name": 'Formats have none.',
      'a refusal': 'It is text that ended for safety.',
      'tokens written to a cache': 'Usage counts those read alone.',
    },
    thoughts: [{ ...TIDE, thoughtSignature: 'c2lnLUE=' }],
    nextTurn: (answer) => {
      const content = objectOf(objectsOf(answer.candidates)[0]?.content)
      const results = objectsOf(content.parts).flatMap(({ functionCall }): JsonObject[] => {
        const { id, name } = objectOf(functionCall)
        return name === undefined ? [] : [{ functionResponse: { id, name, response: { output: RESULT } } }]
      })
      const contents = [
        { role: 'user', parts: [{ text: 'Tide?' }] },
        content,
        { role: 'user', parts: results },
      ]
      return { contents }
    },
  },
}

/** The shapes of the product, each with what the conformance tests have to know of it. */
export const REAL_SHAPES: readonly ConformingShape[] = ALL_SHAPES.map(({ name, shape }) => ({
  name,
  shape,
  ...TOLD[name],
}))

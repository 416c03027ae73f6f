import { parseJson } from '../../platform/parse-json'
import type { Answer, StreamEvent, Usage } from '../hub'
import { answerWith, callOf, textPart, usageWith } from './hub-values.fixture'

/** Something that an answer says; `events` tell it in another order or in other pieces than one part a piece. */
export type AnswerClaim = {
  name: string
  answer: Answer
  events?: readonly StreamEvent[]
  see: (answer: Answer) => unknown
}

const usage = usageWith({ promptTokens: 100, completionTokens: 30 })
const long = 'The tide at Tarn: “04:10” — 🌊\n\tdata: [DONE]\r\nevent: x\n\n'
const calls = [
  callOf('call_1', 'tide_at', '{"port":"Tarn 🌊","days":[1,2,3]}'),
  callOf('call_2', 'wind_at', '{"port":"Hull","note":"a \\"b\\" \\n"}'),
]

const textOfAnswer = ({ parts }: Answer) =>
  parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('')
const callsOfAnswer = ({ parts, finishReason }: Answer) => [
  finishReason,
  ...parts.flatMap((part) =>
    part.type === 'tool_call' ? [[part.id, part.name, parseJson(part.arguments)]] : [],
  ),
]
const finish = (finishReason: string): StreamEvent[] => [
  { type: 'finish', finishReason, nativeFinishReason: null },
  { type: 'done' },
]
const piecesOf = (index: number): StreamEvent[] => {
  const { id, name, arguments: args } = calls[index] ?? callOf('', '', '')
  const common = {
    type: 'tool_call',
    index,
    id,
    name,
    isCustom: false,
    namespace: null,
    thoughtSignature: null,
  } as const
  return ['', ...args].map((argumentsPiece) => ({ ...common, argumentsPiece }))
}
const [first = [], second = []] = [0, 1].map(piecesOf)
const mixed = Array.from({ length: Math.max(first.length, second.length) }, (_, at) => [
  ...first.slice(at, at + 1),
  ...second.slice(at, at + 1),
]).flat()

const ended = (finishReason: string): AnswerClaim => ({
  name: `the end: ${finishReason}`,
  answer: answerWith({ finishReason }),
  see: (answer) => answer.finishReason,
})
const counted = (name: string, field: keyof Usage, more: Partial<Usage>): AnswerClaim => ({
  name,
  answer: answerWith({ usage: { ...usage, ...more } }),
  see: (answer) => answer.usage?.[field],
})

/** Everything that an answer may say and that more than one shape has a word for. */
export const ANSWER_CLAIMS: readonly AnswerClaim[] = [
  {
    name: 'its text',
    answer: answerWith({ parts: [textPart(long)] }),
    events: [...[...long].map((text): StreamEvent => ({ type: 'text', text })), ...finish('stop')],
    see: (answer) => [answer.finishReason, textOfAnswer(answer)],
  },
  {
    name: 'calls of tools',
    answer: answerWith({ parts: calls, finishReason: 'tool_calls' }),
    events: [...[0, 1].flatMap(piecesOf), ...finish('tool_calls')],
    see: callsOfAnswer,
  },
  {
    name: 'calls of tools, their pieces mixed',
    answer: answerWith({ parts: calls, finishReason: 'tool_calls' }),
    events: [...mixed, ...finish('tool_calls')],
    see: callsOfAnswer,
  },
  {
    name: 'text before a call',
    answer: answerWith({ parts: [textPart('I look.'), ...calls], finishReason: 'tool_calls' }),
    see: (answer) => [textOfAnswer(answer), callsOfAnswer(answer)],
  },
  {
    name: 'the words it thought',
    answer: answerWith({
      parts: [
        { type: 'reasoning', kind: 'text', text: 'Hm. Tarn…', signature: null, id: null, format: 'unsigned' },
        textPart('At four.'),
      ],
    }),
    see: (answer) => [
      answer.parts
        .flatMap((part) => (part.type === 'reasoning' && part.kind !== 'encrypted' ? part.text : []))
        .join(''),
      textOfAnswer(answer),
    ],
  },
  {
    name: 'a refusal',
    answer: answerWith({ parts: [{ type: 'refusal', text: 'I would rather not.' }] }),
    see: ({ parts }) => parts.flatMap((part) => (part.type === 'refusal' ? part.text : [])),
  },
  ended('stop'),
  ended('length'),
  ended('content_filter'),
  counted('tokens of the prompt', 'promptTokens', {}),
  counted('tokens of the answer', 'completionTokens', {}),
  counted('tokens from a cache', 'cachedTokens', { cachedTokens: 60 }),
  counted('tokens written to a cache', 'cacheWriteTokens', { cacheWriteTokens: 40 }),
  counted('the prompt beside its cached tokens', 'promptTokens', { cachedTokens: 60 }),
  counted('tokens of thinking', 'reasoningTokens', { reasoningTokens: 12 }),
  counted('the answer beside its thinking', 'completionTokens', { reasoningTokens: 12 }),
]

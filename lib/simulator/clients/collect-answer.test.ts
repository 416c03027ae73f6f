import { expect, test } from 'vitest'
import { createSseParser } from '../../platform/sse/parse-sse'
import { SIMULATED_SHAPES, type SimulatedShape } from '../simulated-shape'
import { ANTHROPIC_WIRE } from '../upstream/anthropic-wire'
import { OPENAI_WIRE } from '../upstream/openai-wire'
import { createAnswerCollector, readWholeAnswer } from './collect-answer'

const calls = [
  { id: 'a1', name: 'search', arguments: '{"query":"façade ☕","limit":3}' },
  { id: 'b2', name: 'get_order', arguments: '{"order_id":"ORD-123456"}' },
]
const frame = {
  answer: {
    id: 'x',
    reasoning: 'Let me see.',
    text: 'Looking it up: naïve words — and more of them.',
    toolCalls: calls,
    stop: 'tool_calls' as const,
    usage: { promptTokens: 10, cachedTokens: 0, completionTokens: 9, reasoningTokens: 3 },
    brokenBy: null,
  },
  model: 'acme/atlas-120b',
  nowMs: 0,
  provider: 'helios',
  wantsUsage: true,
}
const WIRES = { chat: OPENAI_WIRE, messages: ANTHROPIC_WIRE }
const ids = { chat: ['call_a1', 'call_b2'], messages: ['toolu_a1', 'toolu_b2'] }

test.each(SIMULATED_SHAPES)('gives the same answer whole and streamed, in the %s shape', (shape) => {
  const expected = {
    text: frame.answer.text,
    calls: calls.map((call, index) => ({ ...call, id: ids[shape][index] })),
  }
  expect(readWholeAnswer(shape, JSON.stringify(WIRES[shape].body(frame)))).toEqual(expected)
  expect(
    collect(
      shape,
      WIRES[shape]
        .stream(frame)
        .map(({ text }) => text)
        .join(''),
    ),
  ).toEqual(expected)
})

test.each(SIMULATED_SHAPES)('is null for errors and for nothing, in the %s shape', (shape) => {
  const error = { kind: 'upstream_5xx' as const }
  expect(readWholeAnswer(shape, JSON.stringify(WIRES[shape].error(error)))).toBeNull()
  expect(readWholeAnswer(shape, '{"half":')).toBeNull()
  expect(readWholeAnswer(shape, '')).toBeNull()
  const begun = WIRES[shape]
    .stream(frame)
    .slice(0, 8)
    .map(({ text }) => text)
    .join('')
  expect(collect(shape, begun + WIRES[shape].errorEvent(error))).toBeNull()
  expect(collect(shape, '')).toBeNull()
})

function collect(shape: SimulatedShape, text: string) {
  const parser = createSseParser()
  const collector = createAnswerCollector(shape)
  for (const { data } of [...parser.push(new TextEncoder().encode(text)), ...parser.end()])
    collector.take(data)
  return collector.end()
}

import { expect, test } from 'vitest'
import { classifyCaller } from './caller-kind'
import { describeCallerReason } from './describe-caller-reason'
import { CALLER_KINDS, CALLER_REASONS } from './vocabulary'

test.each([
  ['agentic', 'declared', 'Why is this agentic?', /declared agentic/],
  ['human', 'declared', 'Why is this human?', /declared human/],
  ['agentic', 'tool_results_in_input', 'Why is this agentic?', /results of tool calls/],
  ['agentic', 'finished_by_tool_call', 'Why is this agentic?', /ended by calling one/],
  ['agentic', 'known_agent_client', 'Why is this agentic?', /known agent client/],
  ['agentic', 'agent_span_ancestor', 'Why is this agentic?', /span above it/],
  ['human', 'no_agent_signal', 'Why is this human?', /nothing in it points to an agent/],
  ['unknown', 'no_tool_information', 'Why is it unknown who drives this?', /says nothing about tools/],
] as const)(
  '%s by %s is asked and answered in its own words',
  (callerKind, callerReason, question, words) => {
    const explanation = describeCallerReason({ callerKind, callerReason })
    expect(explanation.question).toBe(question)
    expect(explanation.sentence).toMatch(words)
  },
)

test('every reason has a sentence of its own', () => {
  for (const callerKind of CALLER_KINDS) {
    const sentences = CALLER_REASONS.map(
      (callerReason) => describeCallerReason({ callerKind, callerReason }).sentence,
    )
    expect(new Set(sentences).size).toBe(CALLER_REASONS.length)
    expect(sentences.every((sentence) => /^[A-Z].*\.$/.test(sentence))).toBe(true)
  }
})

test('explains what the classifier says of a request', () => {
  const classified = classifyCaller({
    declared: null,
    hasToolResultsInInput: true,
    toolsOffered: 3,
    finishReason: 'stop',
    app: null,
    userAgent: null,
    hasAgentSpanAncestor: false,
  })
  expect(describeCallerReason(classified)).toEqual({
    question: 'Why is this agentic?',
    sentence: 'Its input holds the results of tool calls, so a program acted on an earlier answer.',
  })
})

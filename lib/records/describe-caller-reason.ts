import type { CallerKind, CallerReason } from './vocabulary'

/** Why a request counts as agentic, human or unknown, for people: the question and its answer. */
export type CallerExplanation = { question: string; sentence: string }

const QUESTIONS = {
  agentic: 'Why is this agentic?',
  human: 'Why is this human?',
  unknown: 'Why is it unknown who drives this?',
} as const satisfies Record<CallerKind, string>

/**
 * Why a request has its caller kind, in one sentence that names the deciding sign. A declaration that says who drives
 * the request reads differently from the signs, because no sign was looked at. Source of the rule: design.md §5.
 */
export function describeCallerReason({
  callerKind,
  callerReason,
}: {
  callerKind: CallerKind
  callerReason: CallerReason
}): CallerExplanation {
  return { question: QUESTIONS[callerKind], sentence: sentenceOf(callerKind, callerReason) }
}

function sentenceOf(callerKind: CallerKind, callerReason: CallerReason): string {
  switch (callerReason) {
    case 'declared':
      return `It was declared ${callerKind}: by the record itself, or by an operator for its app or API key.`
    case 'tool_results_in_input':
      return 'Its input holds the results of tool calls, so a program acted on an earlier answer.'
    case 'finished_by_tool_call':
      return 'Tools were offered and the answer ended by calling one, so a program has to act on it.'
    case 'known_agent_client':
      return 'Its app or user agent is a known agent client.'
    case 'agent_span_ancestor':
      return 'It was sent from inside an agent: a span above it in its trace is an agent’s.'
    case 'no_agent_signal':
      return 'The log tells about tools, and nothing in it points to an agent.'
    case 'no_tool_information':
      return 'The log says nothing about tools, and nothing else tells who drives it.'
  }
}

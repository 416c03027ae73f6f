import { type JsonObject, objectOf, textOf } from '../../platform/json-value'
import { normalizeFinishReason } from '../../records/finish-reason'
import type { Answer, AnswerProblem } from '../hub'
import { problemOfError } from '../read-error'
import { readOutput } from './read-blocks'
import { readUsage } from './token-usage'

const NOT_A_MESSAGE: AnswerProblem = {
  message: 'The answer is no message: it has no content.',
  code: null,
  status: null,
}

/**
 * A whole Anthropic message in the hub's words. An `error` object in place of the message and anything without
 * `content` are problems. Source: Message of Anthropic's API reference.
 */
export function readAnswer(body: unknown): Answer {
  const answer = objectOf(body)
  const isMessage = Array.isArray(answer.content)
  const parts = isMessage ? readOutput(answer.content) : []
  const refusal = refusalOf(answer)
  return {
    id: textOf(answer.id),
    parts: refusal === null ? parts : [...parts, { type: 'refusal', text: refusal }],
    ...readStop(
      textOf(answer.stop_reason),
      parts.some(({ type }) => type === 'tool_call'),
    ),
    usage: readUsage(answer.usage),
    serviceTier: textOf(objectOf(answer.usage).service_tier),
    problem: problemOfError(answer.error) ?? (isMessage ? null : NOT_A_MESSAGE),
  }
}

/** Why the model refused, in its words; null when it did not or does not say. */
export function refusalOf({ stop_reason, stop_details }: JsonObject): string | null {
  return stop_reason === 'refusal' ? textOf(objectOf(stop_details).explanation) : null
}

/** A `stop_reason` in our words and its own. One that is missing after calls means them. */
export function readStop(
  reason: string | null,
  hasCalls: boolean,
): { finishReason: string | null; nativeFinishReason: string | null } {
  const normalised = normalizeFinishReason(reason)
  const isForCalls = hasCalls && (normalised === null || normalised === 'stop')
  return { finishReason: isForCalls ? 'tool_calls' : normalised, nativeFinishReason: reason }
}

import { isObject, type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import type { Answer, AnswerProblem } from '../hub'
import { problemOfError } from '../read-error'
import { finishOfResponse } from './answer-status'
import { outputPartsFromItem } from './read-items'
import { readUsage } from './token-usage'

/** A provider's whole response. One that failed, or that is none, says what the problem is. */
export function readResponsesAnswer(body: unknown): Answer {
  const response = isObject(body) ? body : {}
  const parts = objectsOf(response.output).flatMap(outputPartsFromItem)
  return {
    id: textOf(response.id),
    parts,
    ...finishOfResponse(
      response,
      parts.some(({ type }) => type === 'tool_call'),
    ),
    usage: readUsage(response.usage),
    serviceTier: textOf(response.service_tier),
    problem: problemOfResponse(response),
  }
}

/** Null when the response is fine; an unfinished one is a problem, since nobody would come back for it. */
export function problemOfResponse(response: JsonObject): AnswerProblem | null {
  const said = problemOfError(response.error)
  if (said !== null) return said
  const status = textOf(response.status)
  if (status !== null && UNFINISHED.has(status)) {
    return {
      message: `The provider did not finish the response: its status is ${status}.`,
      code: null,
      status: null,
    }
  }
  if (status === 'failed')
    return { message: 'The provider says that the response failed.', code: null, status: null }
  if (Array.isArray(response.output)) return null
  return { message: 'The answer is no response of the Responses API.', code: null, status: null }
}

const UNFINISHED = new Set(['in_progress', 'queued', 'cancelled'])

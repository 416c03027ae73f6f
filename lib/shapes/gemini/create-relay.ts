import { isObject, type JsonObject, objectOf, objectsOf } from '../../platform/json-value'
import type { AnswerEnd, StreamPiece, StreamRelay, WriterOptions } from '../shape'
import { geminiErrorBody } from './errors'
import { createStreamForm } from './stream-form'
import { withTopLevelFields } from './top-level-fields'
import { identityFields } from './write-answer'

/**
 * Hands on a Gemini provider's stream: each response as it is written, but under our id and model. From the finish
 * reason on everything is held back, because cost and metadata belong into the last response.
 */
export function createGeminiRelay({ identity, request }: WriterOptions): StreamRelay {
  const form = createStreamForm(request)
  const held: StreamPiece[] = []
  const { modelVersion, responseId } = identityFields(identity)
  const own = { modelVersion: JSON.stringify(modelVersion), responseId: JSON.stringify(responseId) }
  const element = (piece: StreamPiece, more: Readonly<Record<string, string>> = {}) =>
    form.element(inOneLine(withTopLevelFields(piece.data, { ...own, ...more })))
  const lastFields = (last: StreamPiece, { costUsd, metadata }: AnswerEnd): Record<string, string> => {
    const usage = objectOf(objectOf(last.value).usageMetadata)
    return {
      provider: JSON.stringify(identity.providerName),
      ...(costUsd === null ? {} : { usageMetadata: JSON.stringify({ ...usage, cost: costUsd }) }),
      ...(metadata === null ? {} : { openrouter_metadata: JSON.stringify(metadata) }),
    }
  }
  return {
    pass(pieces) {
      let text = ''
      for (const piece of pieces) {
        if (!isObject(piece.value)) continue
        if (held.length > 0 || isFinal(piece.value)) held.push(piece)
        else text += element(piece)
      }
      return text
    },
    finish(end) {
      const last = held.pop() ?? { event: null, data: '{}', value: {} }
      const before = held.splice(0).map((piece) => element(piece))
      return before.join('') + element(last, lastFields(last, end)) + form.end()
    },
    fail: (problem, { metadata }) =>
      held
        .splice(0)
        .map((piece) => element(piece))
        .join('') +
      form.element(JSON.stringify(geminiErrorBody(problem, metadata))) +
      form.end(),
  }
}

function isFinal(response: JsonObject): boolean {
  return objectsOf(response.candidates).some(({ finishReason }) => typeof finishReason === 'string')
}

/** Line ends in JSON are white space; in an event's data they would begin a line of their own. */
function inOneLine(json: string): string {
  return json.includes('\n') || json.includes('\r') ? json.replaceAll(/[\r\n]+/g, ' ') : json
}

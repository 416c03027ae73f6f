import { type JsonObject, withoutUndefined } from '../../platform/json-value'
import { stringifyWire } from '../../platform/wire-json'
import type { StreamEvent, Usage } from '../hub'
import type { AnswerEnd, StreamWriter, WriterOptions } from '../shape'
import { geminiErrorBody } from './errors'
import { finishReasonForGemini } from './finish-reasons'
import { groundingFromAnnotations } from './grounding'
import { createStreamForm } from './stream-form'
import { showsThoughts } from './thinking'
import { geminiUsageFrom } from './usage'
import { identityFields } from './write-answer'
import { createPartWriter, joinedParts } from './write-parts'

/**
 * A client's stream of GenerateContentResponse objects, as server-sent events or, without `alt=sse`, as one list. The
 * last object has the finish reason, the usage, the cost and the citations. Source: streamGenerateContent of the Gemini
 * API reference.
 */
export function createGeminiWriter({ identity, request }: WriterOptions): StreamWriter {
  const parts = createPartWriter({ answerId: identity.id, showsThoughts: showsThoughts(request) })
  const form = createStreamForm(request)
  let usage: Usage | null = null
  let finishReason: string | null = null
  const take = (events: readonly StreamEvent[]): JsonObject[] => {
    for (const event of events) {
      if (event.type === 'usage') usage = event.usage
      else if (event.type === 'finish') finishReason ??= event.finishReason
    }
    const written = parts.push(events)
    // Nothing but usage follows a finish reason, so what was held back need not wait for the end.
    return joinedParts(finishReason === null ? written : [...written, ...parts.end()])
  }
  const response = (candidate: JsonObject) => ({
    candidates: [{ ...candidate, index: 0 }],
    ...identityFields(identity),
  })
  const last = (rest: readonly JsonObject[], { costUsd, metadata }: AnswerEnd): JsonObject => {
    const { text, annotations } = parts.said()
    const candidate = withoutUndefined({
      content: { role: 'model', parts: rest.length === 0 ? [{ text: '' }] : rest },
      finishReason: finishReasonForGemini(finishReason),
      groundingMetadata: groundingFromAnnotations(annotations, text),
    })
    return withoutUndefined({
      ...response(candidate),
      usageMetadata: geminiUsageFrom(usage, costUsd),
      provider: identity.providerName,
      openrouter_metadata: metadata ?? undefined,
    })
  }
  return {
    write(events) {
      const written = take(events)
      return written.length === 0
        ? ''
        : form.element(stringifyWire(response({ content: { role: 'model', parts: written } })))
    },
    finish: (end) => form.element(stringifyWire(last(parts.end(), end))) + form.end(),
    fail: (problem, { metadata }) =>
      form.element(JSON.stringify(geminiErrorBody(problem, metadata))) + form.end(),
  }
}

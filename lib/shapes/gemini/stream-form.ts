import type { JsonObject } from '../../platform/json-value'

/** How the elements of a stream stand on the wire. */
export type StreamForm = {
  /** One response, given as JSON text. */
  element: (json: string) => string
  end: () => string
}

/**
 * The form that a client asked for: server-sent events with `alt=sse`, which Google's SDKs use, or else one list of
 * JSON that grows, its content type `application/json`. The address's `alt` stands in the body (`readGeminiAddress`);
 * without one the stream is of events. White space is a sign of life in both. Source: streamGenerateContent of the Gemini API
 * reference.
 */
export function createStreamForm(request: JsonObject): StreamForm {
  if (!isArrayForm(request)) return { element: (json) => `data: ${json}\n\n`, end: () => '' }
  let isFirst = true
  return {
    element(json) {
      const before = isFirst ? '[' : ',\r\n'
      isFirst = false
      return before + json
    },
    end: () => (isFirst ? '[]' : ']'),
  }
}

/** Whether the stream is one list of JSON. */
export function isArrayForm(request: JsonObject): boolean {
  return request.alt === 'json'
}

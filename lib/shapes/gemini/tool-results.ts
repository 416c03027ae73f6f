import { isObject, type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import { parseWire, stringifyWire } from '../../platform/wire-json'
import type { InputPart, MediaPart, TextPart } from '../hub'
import { geminiFromMedia, leftOut, mediaFromGemini } from './media-parts'

/** Where programs put the text of a result: Google's own word first, then those of its SDKs and of the AI SDK. */
const TEXT_KEYS = ['output', 'result', 'content'] as const

/**
 * The text and media of a `functionResponse`, and whether it tells of a failure. An object that says nothing but
 * `output`, `result`, `content` or `error` in words is those words, anything else its JSON. Source: FunctionResponse of
 * the Gemini API reference.
 */
export function resultFromGemini(functionResponse: JsonObject): { parts: InputPart[]; isError: boolean } {
  const { text, isError } = readResponse(functionResponse.response)
  const media = objectsOf(functionResponse.parts).flatMap((part) => mediaFromGemini(part) ?? [])
  return { parts: [{ type: 'text', text, cacheControl: null, annotations: [] }, ...media], isError }
}

/**
 * A result as `response`, and its media. Text that is a JSON object goes as that object, so that the model reads it as
 * the tool wrote it, unless it would mean something else to Google (`$ref`); any other text stands under `output`, or
 * under `error` when the tool failed.
 */
export function responseFromResult({ parts, isError }: { parts: readonly InputPart[]; isError: boolean }): {
  response: JsonObject
  media: JsonObject[]
} {
  const written = parts.map((part) => (part.type === 'foreign' ? leftOut(part.kind) : writtenPart(part)))
  const text = written.flatMap((part) => textOf(part.text) ?? []).join('\n')
  const media = written.filter((part) => part.text === undefined)
  if (isError) return { response: { error: text }, media }
  return { response: objectIn(text) ?? { output: text }, media }
}

function readResponse(response: unknown): { text: string; isError: boolean } {
  if (!isObject(response)) return { text: typeof response === 'string' ? response : '', isError: false }
  // The AI SDK repeats the function's name beside the content.
  const names = Object.keys(response).filter((name) => name !== 'name' || !('content' in response))
  const [only] = names
  if (names.length === 1 && only !== undefined) {
    const words = textOf(response[only])
    if (only === 'error') return { text: words ?? stringifyWire(response.error), isError: true }
    if (words !== null && TEXT_KEYS.some((key) => key === only)) return { text: words, isError: false }
  }
  return { text: stringifyWire(response), isError: false }
}

function objectIn(text: string): JsonObject | null {
  if (!text.startsWith('{') || text.includes('"$ref"')) return null
  const value = parseWire(text)
  if (!isObject(value)) return null
  const names = Object.keys(value)
  const means = names.length === 1 && [...TEXT_KEYS, 'error'].some((key) => key === names[0])
  return means ? null : value
}

function writtenPart(part: TextPart | MediaPart): JsonObject {
  return part.type === 'text' ? { text: part.text } : (geminiFromMedia(part) ?? leftOut(part.type))
}

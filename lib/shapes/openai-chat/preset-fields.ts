import { isObject, type JsonObject } from '../../platform/json-value'

/** A preset's parameters stand in chat words already. */
export function writeDefaults(parameters: JsonObject): JsonObject {
  return parameters
}

/** The body with another system message at the beginning, unless that is there already. */
export function withSystemPrompt(body: JsonObject, text: string): JsonObject {
  if (!Array.isArray(body.messages)) return body
  const [first] = body.messages
  const isThere = isObject(first) && first.role === 'system' && first.content === text
  return isThere ? body : { ...body, messages: [{ role: 'system', content: text }, ...body.messages] }
}

import { isObject, type JsonObject } from '../../platform/json-value'

/**
 * An annotation of an output text in the hub's words, which are OpenRouter's and the chat shape's: what it says stands
 * below its type, as in `{type: 'url_citation', url_citation: {url, title, …}}`.
 */
export function annotationFromItem(annotation: JsonObject): JsonObject {
  const { type, ...rest } = annotation
  return typeof type !== 'string' || isObject(annotation[type]) ? annotation : { type, [type]: rest }
}

/** The same in this shape's words, flat. */
export function annotationForItem(annotation: JsonObject): JsonObject {
  const { type } = annotation
  const said = typeof type === 'string' ? annotation[type] : undefined
  return isObject(said) ? { type, ...said } : annotation
}

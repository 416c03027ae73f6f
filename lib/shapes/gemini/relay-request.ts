import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { readReasoningSettings } from '../reasoning-settings'
import { ABSENT_SIGNATURE, rulesOfModel } from './model-rules'
import { openSignature } from './sealed-signature'
import { thinkingFromReasoning } from './thinking'

/**
 * A client's body for a provider of this shape: `model`, `stream` and `alt`, which stand in the path, are taken out, a
 * preset's `reasoning` becomes `thinkingConfig`, and signatures in which this gateway sealed the reasoning of other
 * providers are taken off, since Google refuses what it did not sign.
 */
export function relayGeminiRequest(body: JsonObject, upstream: { upstreamModel: string }): JsonObject {
  const { model: _model, stream: _stream, alt: _alt, reasoning, ...rest } = body
  const rules = rulesOfModel(upstream.upstreamModel)
  const config = objectOf(rest.generationConfig)
  const thinkingConfig = isObject(config.thinkingConfig)
    ? undefined
    : thinkingFromReasoning(readReasoningSettings({ reasoning }), rules)
  const contents = Array.isArray(rest.contents)
    ? rest.contents.map((content) =>
        isObject(content) ? withoutSeals(content, rules.needsSignatures) : content,
      )
    : rest.contents
  return {
    ...rest,
    contents,
    ...(thinkingConfig === undefined ? {} : { generationConfig: { ...config, thinkingConfig } }),
  }
}

/** The same object when no part of it carries a seal of ours. */
function withoutSeals(content: JsonObject, needsSignatures: boolean): JsonObject {
  const parts = objectsOf(content.parts)
  if (!parts.some(isSealed)) return content
  const kept = parts.flatMap((part) => {
    if (!isSealed(part)) return [part]
    const { thoughtSignature: _seal, ...rest } = part
    return rest.text === '' ? [] : [rest]
  })
  const first = kept.findIndex((part) => isObject(part.functionCall))
  const call = kept[first]
  if (needsSignatures && call !== undefined && call.thoughtSignature === undefined) {
    kept[first] = { ...call, thoughtSignature: ABSENT_SIGNATURE }
  }
  return { ...content, parts: kept }
}

function isSealed({ thoughtSignature }: JsonObject): boolean {
  const signature = textOf(thoughtSignature)
  return signature !== null && openSignature(signature) !== null
}

import { isObject, type JsonObject, textOf, withoutUndefined } from '../../platform/json-value'
import { readCallId } from '../call-id'
import { isReference } from './check-input'
import { withoutForeignId } from './item-id'
import { isUsableReasoning } from './reasoning-item'

/** What a preset may bring for providers of other shapes; no provider of this one knows it. */
const UNKNOWN_HERE = ['stop', 'seed', 'min_p', 'top_a', 'repetition_penalty', 'logit_bias'] as const

/**
 * A client's body for a provider of the same shape. Nothing is stored anywhere, so `store` is false whatever was asked:
 * a client that relies on it gets its reasoning encrypted, and reasoning that only a store could complete is left out,
 * as is what we sealed or wrote into ids for the client, and ids of items that the provider would refuse.
 */
export function relayResponsesRequest(
  body: JsonObject,
  { upstreamModel, isStream }: { upstreamModel: string; isStream: boolean },
): JsonObject {
  const relayed: JsonObject = { ...body }
  for (const name of UNKNOWN_HERE) delete relayed[name]
  return withoutUndefined({
    ...relayed,
    model: upstreamModel,
    input: Array.isArray(body.input) ? body.input.flatMap(relayItem) : body.input,
    include: includeOf(body),
    store: false,
    stream: isStream ? true : undefined,
  })
}

/** Only where the client says that the model reasons; others refuse it. */
function includeOf({ include, reasoning, store }: JsonObject): unknown {
  if (store === false || !isObject(reasoning) || reasoning.effort === 'none') return include
  const asked = Array.isArray(include) ? include : []
  return asked.includes(ENCRYPTED) ? include : [...asked, ENCRYPTED]
}

const ENCRYPTED = 'reasoning.encrypted_content'

function relayItem(item: unknown): unknown[] {
  if (!isObject(item)) return [item]
  if (item.type === 'reasoning') return isUsableReasoning(item) ? [withoutForeignId(item)] : []
  if (isReference(item)) return []
  const callId = textOf(item.call_id)
  const own = callId === null ? null : readCallId(callId).id
  return [withoutForeignId(own === callId ? item : { ...item, call_id: own })]
}

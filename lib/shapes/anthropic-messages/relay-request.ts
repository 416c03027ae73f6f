import { isObject, type JsonObject, numberOf, objectsOf, textOf } from '../../platform/json-value'
import { readCallId } from '../call-id'
import { readReasoningSettings } from '../reasoning-settings'
import { planThinking } from './plan-thinking'
import { isForeignThinking } from './signatures'
import { isBlank } from './write-content'

/**
 * A messages request on its way to an Anthropic provider: everything the client sent passes, but for what Anthropic
 * would refuse to take back, since a session may have begun at a provider of another shape: thinking that it has not
 * signed, thought signatures within ids of calls, text of white space alone. A preset may have brought OpenRouter's
 * `reasoning`, whose word here is `thinking`.
 */
export function relayRequest(body: JsonObject, { upstreamModel }: { upstreamModel: string }): JsonObject {
  const relayed = { ...withThinking(body), model: upstreamModel }
  const messages = withoutRefused(body.messages)
  return messages === body.messages ? relayed : { ...relayed, messages }
}

function withThinking(body: JsonObject): JsonObject {
  if (!('reasoning' in body)) return body
  const { reasoning, ...rest } = body
  const { thinking, maxTokens } = planThinking(
    readReasoningSettings({ reasoning }),
    numberOf(body.max_tokens),
  )
  return { ...rest, ...(thinking ? { thinking } : {}), max_tokens: maxTokens }
}

/** The same list when nothing is in the way. */
function withoutRefused(messages: unknown): unknown {
  if (!Array.isArray(messages)) return messages
  const isKept = (message: unknown) => !isObject(message) || !objectsOf(message.content).some(isInTheWay)
  if (messages.every(isKept)) return messages
  return messages.flatMap((message: unknown) => {
    if (!isObject(message) || isKept(message)) return [message]
    const content = objectsOf(message.content)
      .filter((block) => !isBlank(block) && !isForeignThinking(block))
      .map(withOwnId)
    return content.length === 0 ? [] : [{ ...message, content }]
  })
}

function isInTheWay(block: JsonObject): boolean {
  return isBlank(block) || isForeignThinking(block) || withOwnId(block) !== block
}

/** A call or result under the provider's own id; the same block when it is that already. */
function withOwnId(block: JsonObject): JsonObject {
  const field = block.type === 'tool_use' ? 'id' : block.type === 'tool_result' ? 'tool_use_id' : null
  const given = field === null ? null : textOf(block[field])
  if (field === null || given === null) return block
  const { id } = readCallId(given)
  return id === given ? block : { ...block, [field]: id }
}

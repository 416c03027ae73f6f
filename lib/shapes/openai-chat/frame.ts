import type { JsonObject } from '../../platform/json-value'
import { stringifyWire } from '../../platform/wire-json'
import type { AnswerEnd, AnswerIdentity } from '../shape'
import { withCost } from '../stamp-answer'

/** The data of the last event of a chat stream, which is no JSON. */
export const DONE = '[DONE]'

/** That event as it goes over the wire. */
export const ENCODED_DONE = `data: ${DONE}\n\n`

/** A chunk of ours with one choice; `delta` is empty and the reason open unless they are given. */
export function chunkOf(identity: AnswerIdentity, delta: JsonObject, choice: JsonObject = {}): JsonObject {
  return {
    ...emptyChunk(identity),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...choice }],
  }
}

/** A chunk of ours without choices, for what belongs to the whole answer. */
export function emptyChunk({ id, model, providerName, createdSeconds }: AnswerIdentity): JsonObject {
  return {
    id,
    object: 'chat.completion.chunk',
    created: createdSeconds,
    model,
    provider: providerName,
    choices: [],
  }
}

/** The chunk as an event. */
export function encodeChunk(chunk: JsonObject): string {
  return `data: ${stringifyWire(chunk)}\n\n`
}

/** Writes chunks of text alone, which nearly all are: only the text is made into JSON each time. */
export function textChunkEncoder(identity: AnswerIdentity): (text: string) => string {
  const key = '"content":'
  const whole = encodeChunk(chunkOf(identity, { content: '' }))
  const at = whole.lastIndexOf(`${key}""`) + key.length
  const before = whole.slice(0, at)
  const after = whole.slice(at + '""'.length)
  return (text) => before + JSON.stringify(text) + after
}

/** The chunk with the usage of the answer, its cost, and the router's metadata; null leaves each out. */
export function withEnd(
  chunk: JsonObject,
  usage: JsonObject | null,
  { costUsd, metadata }: AnswerEnd,
): JsonObject {
  return {
    ...chunk,
    ...(usage === null ? {} : { usage: withCost(usage, costUsd) }),
    ...(metadata === null ? {} : { openrouter_metadata: metadata }),
  }
}

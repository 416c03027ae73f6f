import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { normalizeFinishReason } from '../../records/finish-reason'
import type { Answer, AnswerProblem, MediaPart, OutputPart, StreamEvent } from '../hub'
import { mediaPart } from '../media-source'
import { problemOfError } from '../read-error'
import { readMedia, textPart } from './content-parts'
import { readCall } from './read-messages'
import { plainPart, readReasoning } from './reasoning-details'
import { readUsage, usageIn } from './token-usage'

/** What an answer that is none of this shape is told to be. */
export const NOT_A_COMPLETION: AnswerProblem = {
  message: 'The answer is no chat completion: it has no choices.',
  code: null,
  status: null,
}
const ERROR_FINISH: AnswerProblem = {
  message: 'The answer finished with an error.',
  code: null,
  status: null,
}

/**
 * A whole chat completion in the hub's words; of several choices the first one's. An error object, a choice that
 * finished with an error, and anything that has no choices are problems. Sources: ChatCompletion of OpenAI's API
 * reference; OpenRouter's error inside a 200, its `images` and `annotations`.
 */
export function readAnswer(body: unknown): Answer {
  const answer = objectOf(body)
  const [choice] = objectsOf(answer.choices)
  const message = objectOf(choice?.message ?? choice?.delta)
  const calls = [
    ...objectsOf(message.tool_calls),
    ...(isObject(message.function_call) ? [{ function: message.function_call }] : []),
  ].map((call: JsonObject) => readCall(call, textOf(call.id) ?? ''))
  const error = problemOfError(answer.error) ?? (choice && problemOfChoice(choice)) ?? null
  return {
    id: textOf(answer.id),
    parts: [...readReasoning(message).map(ofProvider), ...readSaid(message), ...calls],
    ...readFinish(choice ?? {}, calls.length > 0),
    usage: readUsage(usageIn(answer)),
    serviceTier: textOf(answer.service_tier),
    problem: error ?? (choice === undefined ? NOT_A_COMPLETION : null),
  }
}

/** What went wrong with one choice; null when nothing did. */
export function problemOfChoice(choice: JsonObject): AnswerProblem | null {
  const hasFailed = normalizeFinishReason(textOf(choice.finish_reason)) === 'error'
  return problemOfError(choice.error) ?? (hasFailed ? ERROR_FINISH : null)
}

/** Marks reasoning of a provider's `reasoning_details`, so that it can go back there. */
export function ofProvider<T extends OutputPart>(part: T): T {
  return part.type === 'reasoning' && part.format !== 'unsigned'
    ? { ...part, via: 'reasoning_details' }
    : part
}

/**
 * How a choice finished; nulls when it does not say. Providers that end tool calls with "stop" are put right, since
 * agents run tools by the reason alone.
 */
export function readFinish(
  choice: JsonObject,
  hasCalls: boolean,
): { finishReason: string | null; nativeFinishReason: string | null } {
  const raw = textOf(choice.finish_reason) || null
  const finishReason = normalizeFinishReason(raw)
  return {
    finishReason: finishReason === 'stop' && hasCalls ? 'tool_calls' : finishReason,
    nativeFinishReason: textOf(choice.native_finish_reason) ?? raw,
  }
}

function readSaid(message: JsonObject): OutputPart[] {
  const parts: OutputPart[] = []
  for (const event of saidEvents(message)) {
    const last = parts.at(-1)
    if (event.type === 'text') {
      if (last?.type === 'text') last.text += event.text
      else parts.push(textPart(event.text))
    } else if (event.type === 'annotations') {
      const text = parts.findLast((part) => part.type === 'text')
      text?.annotations.push(...event.annotations)
    } else if (event.type === 'reasoning') parts.push(event.piece)
    else parts.push(event.type === 'media' ? event.part : event)
  }
  return parts
}

type SaidEvent = Extract<StreamEvent, { type: 'text' | 'annotations' | 'refusal' | 'reasoning' | 'media' }>
/** Beyond the indexes that `reasoning_details` count with. */
const CONTENT_BLOCK = 1_000_000

/**
 * What a message or delta says beside `reasoning` and calls: text, or a list of parts (Mistral's thinking stands there,
 * too), a refusal, pictures and audio.
 */
export function saidEvents(message: JsonObject): SaidEvent[] {
  const { content } = message
  const events: SaidEvent[] = []
  if (typeof content === 'string') {
    if (content !== '') events.push({ type: 'text', text: content })
  } else {
    for (const part of objectsOf(content)) events.push(...eventsOfPart(part))
  }
  const refusal = textOf(message.refusal)
  if (refusal) events.push({ type: 'refusal', text: refusal })
  const annotations = objectsOf(message.annotations)
  if (annotations.length > 0) events.push({ type: 'annotations', annotations })
  for (const image of objectsOf(message.images)) {
    const part = readMedia(image)
    if (part !== null) events.push({ type: 'media', part })
  }
  const audio = isObject(message.audio) ? audioPart(message.audio) : null
  if (audio !== null) events.push({ type: 'media', part: audio })
  return events
}

function eventsOfPart(part: JsonObject): SaidEvent[] {
  if (part.type === 'thinking') {
    const { thinking } = part
    const text =
      typeof thinking === 'string'
        ? thinking
        : objectsOf(thinking)
            .map((one) => textOf(one.text) ?? '')
            .join('')
    return text === '' ? [] : [{ type: 'reasoning', block: CONTENT_BLOCK, piece: plainPart(text) }]
  }
  const text = textOf(part.text) ?? textOf(part.refusal)
  if (text !== null) {
    if (text === '') return []
    return [part.type === 'refusal' ? { type: 'refusal', text } : { type: 'text', text }]
  }
  const media = readMedia(part)
  return media === null ? [] : [{ type: 'media', part: media }]
}

function audioPart(audio: JsonObject): MediaPart | null {
  const data = textOf(audio.data)
  return data === null ? null : mediaPart('audio', { kind: 'base64', mediaType: 'audio/wav', data })
}

import { isObject, type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import type { InputPart, Message, OutputPart, ReasoningPart } from '../hub'
import { mediaFromGemini } from './media-parts'
import { foreignFromGemini, outputFromGemini, signatureOf, textPart } from './read-parts'
import { openSignature } from './sealed-signature'
import { resultFromGemini } from './tool-results'

/**
 * A transcript as messages. Results of functions become tool messages, what stands between them a user message of its
 * own. Calls without ids get some by their place, the same in every turn; a result without an id belongs to the first
 * call of its name that has none yet. Reasoning of other providers that this gateway had sealed into a signature comes
 * back in front of the part that carried it, and takes the place of the thoughts that were shown.
 */
export function messagesFromContents(contents: readonly JsonObject[]): Message[] {
  const calls: OpenCall[] = []
  return contents.flatMap((content, position) => {
    const parts = objectsOf(content.parts)
    if (content.role !== 'model') return inputMessages(parts, calls)
    const said = assistantParts(parts, position)
    for (const part of said) {
      if (part.type === 'tool_call') calls.push({ id: part.id, name: part.name, isAnswered: false })
    }
    return said.length === 0 ? [] : [{ role: 'assistant' as const, parts: said }]
  })
}

/** The texts of a system instruction, a content or bare text, as parts. */
export function systemPartsOf(systemInstruction: unknown): InputPart[] {
  if (typeof systemInstruction === 'string')
    return systemInstruction === '' ? [] : [textPart(systemInstruction)]
  if (!isObject(systemInstruction)) return []
  return objectsOf(systemInstruction.parts).flatMap((part) => {
    const text = textOf(part.text)
    return text === null || text === '' ? [] : [textPart(text)]
  })
}

type OpenCall = { id: string; name: string; isAnswered: boolean }

function assistantParts(parts: readonly JsonObject[], position: number): OutputPart[] {
  let callCount = 0
  let hasSealed = false
  const said = parts.flatMap((part) => {
    const foreign = foreignReasoningIn(part)
    const own = outputFromGemini(foreign === null ? part : { ...part, thoughtSignature: undefined }, () => {
      callCount += 1
      return `call_${position}_${callCount - 1}`
    })
    if (foreign === null) return own
    hasSealed = true
    return [...foreign, ...own]
  })
  return hasSealed ? said.filter((part) => !isShownThought(part)) : said
}

function foreignReasoningIn(part: JsonObject): ReasoningPart[] | null {
  const signature = signatureOf(part)
  return signature === null ? null : openSignature(signature)
}

/** Words of Gemini's form without a signature: what a client was shown of the reasoning that is sealed beside it. */
function isShownThought(part: OutputPart): boolean {
  return part.type === 'reasoning' && part.format === 'google-gemini-v1' && part.signature === null
}

function inputMessages(parts: readonly JsonObject[], calls: OpenCall[]): Message[] {
  const messages: Message[] = []
  for (const part of parts) {
    if (isObject(part.functionResponse)) {
      messages.push(toolMessage(part.functionResponse, calls))
      continue
    }
    const read = inputParts(part)
    const last = messages.at(-1)
    if (last?.role === 'user') last.parts.push(...read)
    else if (read.length > 0) messages.push({ role: 'user', parts: read, name: null })
  }
  return messages
}

function inputParts(part: JsonObject): InputPart[] {
  const text = textOf(part.text)
  if (text !== null) return [textPart(text)]
  const media = mediaFromGemini(part)
  return media === null ? foreignFromGemini(part) : [media]
}

function toolMessage(functionResponse: JsonObject, calls: OpenCall[]): Message {
  const name = textOf(functionResponse.name)
  const given = textOf(functionResponse.id) || null
  const open = calls.filter(({ isAnswered }) => !isAnswered)
  const call =
    open.find(({ id }) => id === given) ??
    (given === null ? (open.find((candidate) => candidate.name === name) ?? open[0]) : undefined)
  if (call !== undefined) call.isAnswered = true
  return {
    role: 'tool',
    callId: given ?? call?.id ?? '',
    name: name ?? call?.name ?? null,
    ...resultFromGemini(functionResponse),
    isCustom: false,
    cacheControl: null,
  }
}

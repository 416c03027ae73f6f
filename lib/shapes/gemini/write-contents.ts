import { type JsonObject, withoutUndefined } from '../../platform/json-value'
import { flatArguments, flatToolName } from '../flat-tools'
import type { InputPart, Message, OutputPart, ReasoningPart, ToolCallPart } from '../hub'
import { inputFromArguments } from '../tool-arguments'
import { geminiFromMedia, leftOut } from './media-parts'
import { ABSENT_SIGNATURE, type GeminiModelRules } from './model-rules'
import { responseFromResult } from './tool-results'

/**
 * Messages as `systemInstruction` and `contents`. System messages are joined in their order. What follows each other in
 * one role is one content, since parallel calls and their results have to stand together, but results never share one
 * with what the user says. Signatures of Gemini's go to the part that they came with, those of others stay behind; a
 * step whose first call has none gets Google's word for that. Sources: thought signatures and function calling of
 * ai.google.dev.
 */
export function contentsFromMessages(
  messages: readonly Message[],
  rules: GeminiModelRules,
): { systemInstruction?: JsonObject; contents: JsonObject[] } {
  const names = namesOfCalls(messages)
  const turns: Turn[] = []
  for (const message of messages) {
    const turn = turnOf(message, { names, rules })
    const last = turns.at(-1)
    if (turn === null || turn.parts.length === 0) continue
    if (last?.kind === turn.kind) last.parts.push(...turn.parts)
    else turns.push(turn)
  }
  if (rules.needsSignatures) for (const turn of turns) markFirstCall(turn)
  const contents = turns.map(({ kind, parts }) => ({ role: kind === 'model' ? 'model' : 'user', parts }))
  const system = messages.flatMap((message) =>
    message.role === 'system' || message.role === 'developer' ? message.parts.flatMap(inputPart) : [],
  )
  if (system.length === 0) return { contents }
  // Without contents the API refuses the request, whatever its instruction says.
  if (rules.takesSystemInstruction && contents.length > 0)
    return { systemInstruction: { parts: system }, contents }
  const [first, ...rest] = contents
  return first?.role === 'user'
    ? { contents: [{ role: 'user', parts: [...system, ...first.parts] }, ...rest] }
    : { contents: [{ role: 'user', parts: system }, ...contents] }
}

type Turn = { kind: 'user' | 'model' | 'results'; parts: JsonObject[] }

function namesOfCalls(messages: readonly Message[]): ReadonlyMap<string, string> {
  return new Map(
    messages
      .flatMap((message) => (message.role === 'assistant' ? message.parts : []))
      .flatMap((part) => (part.type === 'tool_call' ? [[part.id, flatToolName(part)] as const] : [])),
  )
}

function turnOf(
  message: Message,
  { names, rules }: { names: ReadonlyMap<string, string>; rules: GeminiModelRules },
): Turn | null {
  switch (message.role) {
    case 'user':
      return { kind: 'user', parts: message.parts.flatMap(inputPart) }
    case 'assistant':
      return { kind: 'model', parts: outputParts(message.parts) }
    case 'tool': {
      const { response, media } = responseFromResult(message)
      const name = names.get(message.callId) ?? message.name ?? message.callId
      const isInside = rules.takesMediaInResults && media.length > 0
      const functionResponse = withoutUndefined({
        id: message.callId === '' ? undefined : message.callId,
        name,
        response,
        parts: isInside ? media : undefined,
      })
      return { kind: 'results', parts: [{ functionResponse }, ...(isInside ? [] : media)] }
    }
    default:
      return null
  }
}

function inputPart(part: InputPart): JsonObject[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ text: part.text }]
    case 'foreign':
      return [part.shape === 'gemini' ? part.value : leftOut(part.kind)]
    default:
      return [geminiFromMedia(part) ?? leftOut(part.type)]
  }
}

function outputParts(parts: readonly OutputPart[]): JsonObject[] {
  const written: JsonObject[] = []
  const unplaced: string[] = []
  const signatureOfCall = new Map(parts.flatMap(signatureForCall))
  for (const part of parts) {
    switch (part.type) {
      case 'tool_call':
        written.push(functionCall(part, part.thoughtSignature ?? signatureOfCall.get(part.id) ?? null))
        break
      case 'reasoning':
        if (signatureForCall(part).length > 0 && parts.some((call) => isCall(call, part.id))) break
        placeReasoning(part, { written, unplaced })
        break
      case 'foreign':
        if (part.shape === 'gemini') written.push(part.value)
        break
      case 'refusal':
      case 'text':
        if (part.text !== '') written.push(signed({ text: part.text }, unplaced.shift()))
        break
      default:
        written.push(signed(geminiFromMedia(part) ?? leftOut(part.type), unplaced.shift()))
    }
  }
  return [...written, ...unplaced.map((thoughtSignature) => ({ text: '', thoughtSignature }))]
}

/** Words of a thought go with their signature; a seal belongs to what was said before it, or else to what follows. */
function placeReasoning(
  { kind, text, signature, format }: ReasoningPart,
  { written, unplaced }: { written: JsonObject[]; unplaced: string[] },
): void {
  if (format !== 'google-gemini-v1') return
  if (kind !== 'encrypted') {
    if (signature !== null) written.push({ text, thought: true, thoughtSignature: signature })
    return
  }
  const before = written.at(-1)
  const isFree = before !== undefined && before.thoughtSignature === undefined && before.thought !== true
  if (isFree && before.functionCall === undefined) before.thoughtSignature = text
  else unplaced.push(text)
}

/** OpenRouter's `reasoning.encrypted` names the call whose signature it is. */
function signatureForCall(part: OutputPart): [string, string][] {
  const isSeal = part.type === 'reasoning' && part.kind === 'encrypted' && part.format === 'google-gemini-v1'
  return isSeal && part.id !== null ? [[part.id, part.text]] : []
}

function isCall(part: OutputPart, id: string | null): boolean {
  return part.type === 'tool_call' && part.id === id
}

function functionCall(call: ToolCallPart, thoughtSignature: string | null): JsonObject {
  const args = inputFromArguments(flatArguments(call))
  const written = withoutUndefined({
    id: call.id === '' ? undefined : call.id,
    name: flatToolName(call),
    args,
  })
  return signed({ functionCall: written }, thoughtSignature ?? undefined)
}

function signed(part: JsonObject, thoughtSignature: string | undefined): JsonObject {
  return thoughtSignature === undefined ? part : { ...part, thoughtSignature }
}

function markFirstCall({ kind, parts }: Turn): void {
  if (kind !== 'model') return
  const first = parts.find((part) => part.functionCall !== undefined)
  if (first !== undefined) first.thoughtSignature ??= ABSENT_SIGNATURE
}

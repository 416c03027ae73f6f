import { isObject, type JsonObject, objectOf, textOf } from '../../platform/json-value'
import type { ForeignPart, OutputPart, ReasoningPart, TextPart } from '../hub'
import { argumentsFromInput } from '../tool-arguments'
import { mediaFromGemini } from './media-parts'
import { ABSENT_SIGNATURES } from './model-rules'

/** What only Gemini has words for: the traces of tools that it runs itself. */
const FOREIGN_KINDS = ['executableCode', 'codeExecutionResult', 'toolCall', 'toolResponse'] as const

/**
 * One part of what a model said, as parts of the hub. A thought signature on words or media becomes sealed reasoning
 * after them, which may be all that a part holds; on a call it stays with the call. `callId` is asked once for each call
 * that has no id of its own. Source: Part of the Gemini API reference.
 */
export function outputFromGemini(part: JsonObject, callId: () => string): OutputPart[] {
  const signature = signatureOf(part)
  if (isObject(part.functionCall)) {
    const { id, name, args } = part.functionCall
    return [
      {
        type: 'tool_call',
        id: textOf(id) || callId(),
        name: textOf(name) ?? '',
        arguments: argumentsFromInput(args),
        isCustom: false,
        namespace: null,
        thoughtSignature: signature,
      },
    ]
  }
  const text = textOf(part.text)
  if (part.thought === true) return text === null ? sealed(signature) : thought(text, signature)
  if (text !== null) return [...(text === '' ? [] : [textPart(text)]), ...sealed(signature)]
  const media = mediaFromGemini(part)
  if (media !== null) return [media, ...sealed(signature)]
  return [...foreignFromGemini(part), ...sealed(signature)]
}

/** Text without anything beside it. */
export function textPart(text: string): TextPart {
  return { type: 'text', text, cacheControl: null, annotations: [] }
}

/** A part that other shapes have no words for; empty when it is nothing that is known. */
export function foreignFromGemini(part: JsonObject): ForeignPart[] {
  const kind = FOREIGN_KINDS.find((name) => isObject(part[name]))
  return kind === undefined ? [] : [{ type: 'foreign', shape: 'gemini', kind, value: part }]
}

/** Reasoning of Gemini's own. */
export function geminiReasoning(
  kind: ReasoningPart['kind'],
  text: string,
  signature: string | null,
): ReasoningPart {
  return { type: 'reasoning', kind, text, signature, id: null, format: 'google-gemini-v1' }
}

/** The signature of a part, null when it has none or a value that stands for none. */
export function signatureOf(part: JsonObject): string | null {
  // Some programs put it inside the call.
  const signature = textOf(part.thoughtSignature) ?? textOf(objectOf(part.functionCall).thoughtSignature)
  return signature === null || signature === '' || ABSENT_SIGNATURES.has(signature) ? null : signature
}

function thought(text: string, signature: string | null): ReasoningPart[] {
  return text === '' && signature === null ? [] : [geminiReasoning('text', text, signature)]
}

function sealed(signature: string | null): ReasoningPart[] {
  return signature === null ? [] : [geminiReasoning('encrypted', signature, null)]
}

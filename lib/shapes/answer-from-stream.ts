import type { Answer, OutputPart, ReasoningPart, StreamEvent, ToolCallEvent, ToolCallPart } from './hub'
import { joinReasoning } from './sequence-blocks'

/**
 * The whole answer that a stream told, for a client that did not ask for one. Parts stand in order of first sight. The
 * first problem counts, and the last usage.
 */
export function answerFromStream(events: readonly StreamEvent[]): Answer {
  const answer: Answer = {
    id: null,
    parts: [],
    finishReason: null,
    nativeFinishReason: null,
    usage: null,
    serviceTier: null,
    problem: null,
  }
  const seen: Seen = { parts: answer.parts, calls: new Map(), reasoning: new Map() }
  for (const event of events) {
    if (event.type === 'problem') answer.problem ??= event.problem
    else if (event.type === 'usage') answer.usage = event.usage
    else if (event.type === 'finish') {
      answer.finishReason = event.finishReason
      answer.nativeFinishReason = event.nativeFinishReason
    } else takeOutput(seen, event)
  }
  return answer
}

type Seen = {
  parts: OutputPart[]
  calls: Map<number, ToolCallPart>
  reasoning: Map<number, ReasoningPart>
}

function takeOutput({ parts, calls, reasoning }: Seen, event: StreamEvent): void {
  const last = parts.at(-1)
  switch (event.type) {
    case 'text':
      if (last?.type === 'text') last.text += event.text
      else if (event.text !== '') {
        parts.push({ type: 'text', text: event.text, cacheControl: null, annotations: [] })
      }
      break
    case 'annotations': {
      const text = parts.findLast((part) => part.type === 'text')
      text?.annotations.push(...event.annotations)
      break
    }
    case 'refusal':
      if (last?.type === 'refusal') last.text += event.text
      else if (event.text !== '') parts.push({ type: 'refusal', text: event.text })
      break
    case 'reasoning': {
      const known = reasoning.get(event.block)
      if (known) joinReasoning(known, event.piece)
      else {
        const part = { ...event.piece }
        reasoning.set(event.block, part)
        parts.push(part)
      }
      break
    }
    case 'tool_call':
      takeCall({ parts, calls }, event)
      break
    case 'media':
    case 'foreign':
      parts.push(event.part)
  }
}

function takeCall({ parts, calls }: Pick<Seen, 'parts' | 'calls'>, event: ToolCallEvent): void {
  const { index, id, name, argumentsPiece, isCustom, namespace, thoughtSignature } = event
  let part = calls.get(index)
  if (part === undefined) {
    part = { type: 'tool_call', id, name, arguments: '', isCustom, namespace, thoughtSignature }
    calls.set(index, part)
    parts.push(part)
  }
  Object.assign(part, { id, name, isCustom })
  part.arguments += argumentsPiece
  part.namespace ??= namespace
  part.thoughtSignature ??= thoughtSignature
}

import type { Answer, OutputPart, StreamEvent } from './hub'

/** A whole answer told as a stream, for a client that asked for one where the provider gave none. */
export function streamFromAnswer(answer: Answer): StreamEvent[] {
  const { parts, usage, finishReason, nativeFinishReason, problem } = answer
  let calls = 0
  const events = parts.flatMap((part, position) => {
    if (part.type === 'tool_call') calls += 1
    return eventsOfPart(part, { position, callIndex: calls - 1 })
  })
  if (problem !== null) events.push({ type: 'problem', problem })
  if (usage !== null) events.push({ type: 'usage', usage })
  events.push({ type: 'finish', finishReason, nativeFinishReason }, { type: 'done' })
  return events
}

function eventsOfPart(
  part: OutputPart,
  { position, callIndex }: { position: number; callIndex: number },
): StreamEvent[] {
  switch (part.type) {
    case 'text': {
      const { text, annotations } = part
      return annotations.length === 0
        ? [{ type: 'text', text }]
        : [
            { type: 'text', text },
            { type: 'annotations', annotations },
          ]
    }
    case 'refusal':
      return [{ type: 'refusal', text: part.text }]
    case 'reasoning':
      return [{ type: 'reasoning', block: position, piece: part }]
    case 'tool_call': {
      const { id, name, arguments: argumentsPiece, isCustom, namespace, thoughtSignature } = part
      const call = { id, name, argumentsPiece, isCustom, namespace, thoughtSignature }
      return [{ type: 'tool_call', index: callIndex, ...call, isLast: true }]
    }
    case 'foreign':
      return [{ type: 'foreign', part }]
    default:
      return [{ type: 'media', part }]
  }
}

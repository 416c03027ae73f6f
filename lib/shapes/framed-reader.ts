import type { StreamEvent } from './hub'
import type { StreamPiece, StreamReader } from './shape'
import { fillOf, frameOf, type TextFrame, textOfFill } from './text-frame'

/** Under which keys of its pieces a shape writes what an event says. */
export type FrameKeys = Readonly<Partial<Record<StreamEvent['type'], readonly string[]>>>

/**
 * A reader that does not parse a piece written like the last one but for its text: a piece that said one thing, in a
 * text, says the same with another text. The reader within must say nothing else for such a piece whatever its text is,
 * unless the text is empty, and be left as it was.
 */
export function withFrames(reader: StreamReader, keys: FrameKeys): StreamReader {
  let frame: TextFrame | null = null
  let said: StreamEvent | null = null
  const read = (piece: StreamPiece): StreamEvent[] => {
    const events = reader.push(piece)
    const [only] = events
    said = events.length === 1 && only !== undefined ? only : null
    const candidates = said === null ? undefined : keys[said.type]
    frame = candidates === undefined ? null : frameOf(piece.data, candidates)
    if (frame !== null && !isSaidIn(frame, piece.data, said)) frame = null
    return events
  }
  return {
    push(piece) {
      const text = frame === null ? null : textIn(frame, piece.data)
      if (said === null || text === null || text === '') return read(piece)
      return [withText(said, text)]
    },
    end() {
      return reader.end()
    },
  }
}

/** The text of the frame has to be the one that was said, and a name may begin a call with every piece. */
function isSaidIn(frame: TextFrame, data: string, said: StreamEvent | null): boolean {
  if (said === null || textIn(frame, data) !== textOf(said)) return false
  return said.type !== 'tool_call' || !data.includes('"name"')
}

function textIn(frame: TextFrame, data: string): string | null {
  const fill = fillOf(frame, data)
  return fill === null ? null : textOfFill(frame, fill)
}

function textOf(event: StreamEvent): string | null {
  switch (event.type) {
    case 'text':
    case 'refusal':
      return event.text
    case 'reasoning':
      return event.piece.text
    case 'tool_call':
      return event.isLast === true ? null : event.argumentsPiece
    default:
      return null
  }
}

function withText(event: StreamEvent, text: string): StreamEvent {
  switch (event.type) {
    case 'text':
    case 'refusal':
      return { type: event.type, text }
    case 'reasoning':
      return { ...event, piece: { ...event.piece, text } }
    case 'tool_call':
      return { ...event, argumentsPiece: text }
    default:
      return event
  }
}

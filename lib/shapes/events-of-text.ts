import { createSseParser } from '../platform/sse/parse-sse'
import type { StreamEvent } from './hub'
import type { StreamReader } from './shape'
import { createPiece } from './stream-piece'

/** What a whole event stream says, for answers that came as one although nobody asked. */
export function eventsOfText(text: string, reader: StreamReader): StreamEvent[] {
  const parser = createSseParser()
  const all = [...parser.push(Buffer.from(text)), ...parser.end()]
  return [...all.flatMap((event) => reader.push(createPiece(event))), ...reader.end()]
}

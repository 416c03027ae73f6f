import type { SseEvent } from '../platform/sse/parse-sse'
import { parseWire, stringifyWire } from '../platform/wire-json'
import type { StreamPiece } from './shape'

/** An event of a provider's stream; its data are parsed when somebody asks for the value, and once. */
export function createPiece({ event, data }: SseEvent): StreamPiece {
  return new LazyPiece(event, data)
}

/** The piece with another value, and data that say so. */
export function changedPiece({ event }: StreamPiece, value: unknown): StreamPiece {
  return { event, data: stringifyWire(value), value }
}

class LazyPiece implements StreamPiece {
  readonly event: string | null
  readonly data: string
  private parsed: unknown
  private isParsed = false
  constructor(event: string | null, data: string) {
    this.event = event
    this.data = data
  }

  get value(): unknown {
    if (!this.isParsed) {
      this.isParsed = true
      this.parsed = parseWire(this.data)
    }
    return this.parsed
  }
}

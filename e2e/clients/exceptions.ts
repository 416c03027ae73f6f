import type { Client } from './cell'
import type { Shape } from './providers/start-providers'

/** Cells that cannot pass for a reason that is not the gateway's, with what the client's own documentation says. */
export const EXCEPTIONS: readonly {
  client: Client['name']
  shapes: readonly Shape[] | 'all'
  reason: string
}[] = []

/** Refusals that a client asks for and goes on after, as its own documentation says. */
export const EXPECTED_REFUSALS: readonly { words: RegExp; reason: string }[] = [
  {
    words: /"error_code":\s*"thread_unsupported_request"/,
    reason:
      "@anthropic-ai/sdk's tool runner asks first whether the server keeps the conversation (`thread`), and sends the whole of it from then on when it does not.",
  },
]

import type { Client } from './cell'
import type { Shape } from './providers/start-providers'

export type ListedException = {
  client: Client['name']
  shapes: readonly Shape[] | 'all'
  /** What the client does, and where its own documentation says otherwise. */
  reason: string
}

/** Cells that cannot pass for a reason that is not the gateway's. */
export const EXCEPTIONS: readonly ListedException[] = []

/** The same without the gateway: clients of OpenRouter send a provider what only OpenRouter takes. */
export const DIRECT_EXCEPTIONS: readonly ListedException[] = [
  {
    client: '@openrouter/sdk: callModel',
    shapes: 'all',
    reason: 'gives outputs of functions ids of its own, and OpenAI wants such that begin with fc',
  },
  { client: '@openrouter/sdk: chat', shapes: 'all', reason: 'sends `reasoning_details` back' },
  { client: 'cline: openrouter', shapes: 'all', reason: 'sends `session_id`' },
]

/** Refusals that a client asks for and goes on after, as its own documentation says. */
export const EXPECTED_REFUSALS: readonly { words: RegExp; reason: string }[] = [
  {
    words: /"error_code":\s*"thread_unsupported_request"/,
    reason:
      "@anthropic-ai/sdk's tool runner asks first whether the server keeps the conversation (`thread`), and sends the whole of it from then on when it does not.",
  },
]

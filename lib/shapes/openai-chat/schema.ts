import { z } from 'zod'

/**
 * What the gateway itself reads of a request in OpenAI's chat shape; everything else is kept as it came and passed
 * on. Messages and tools are only checked for being lists of objects: a look into each part would cost more than the
 * rest of the gateway on a prompt of 20 MB, and the provider checks them anyway. Sources: ChatCompletionCreateParams
 * of OpenAI's API reference; `usage` and `reasoning` of OpenRouter's.
 */
const objects = (what: string) =>
  z.custom<Record<string, unknown>[]>(isListOfObjects, `expected a list of ${what}`)

export const chatRequest = z.looseObject({
  messages: objects('messages').refine((messages) => messages.length > 0, 'expected at least one message'),
  stream: z.boolean('expected true or false').nullish(),
  stream_options: z.looseObject({}, 'expected an object').nullish(),
  tools: objects('tools').nullish(),
  tool_choice: z.union([z.string(), z.looseObject({})], 'expected none, auto, required or a tool').nullish(),
  max_tokens: z.number('expected a number').nullish(),
  max_completion_tokens: z.number('expected a number').nullish(),
  user: z.string('expected text').nullish(),
  usage: z.looseObject({}, 'expected an object').nullish(),
  reasoning: z.looseObject({}, 'expected an object').nullish(),
})
export type ChatRequest = z.infer<typeof chatRequest>

function isListOfObjects(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry))
  )
}

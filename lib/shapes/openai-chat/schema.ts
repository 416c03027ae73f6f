import { z } from 'zod'
import { listOfObjects } from '../list-of-objects'

/**
 * What the gateway itself reads of a request in OpenAI's chat shape; everything else is kept as it came and passed on.
 * Sources: ChatCompletionCreateParams of OpenAI's API reference; `usage` and `reasoning` of OpenRouter's.
 */
export const chatRequest = z.looseObject({
  messages: listOfObjects('messages').refine(
    (messages) => messages.length > 0,
    'expected at least one message',
  ),
  stream: z.boolean('expected true or false').nullish(),
  stream_options: z.looseObject({}, 'expected an object').nullish(),
  tools: listOfObjects('tools').nullish(),
  tool_choice: z.union([z.string(), z.looseObject({})], 'expected none, auto, required or a tool').nullish(),
  max_tokens: z.number('expected a number').nullish(),
  max_completion_tokens: z.number('expected a number').nullish(),
  user: z.string('expected text').nullish(),
  usage: z.looseObject({}, 'expected an object').nullish(),
  reasoning: z.looseObject({}, 'expected an object').nullish(),
})
export type ChatRequest = z.infer<typeof chatRequest>

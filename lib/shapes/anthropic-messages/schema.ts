import { z } from 'zod'
import { listOfObjects } from '../list-of-objects'

/**
 * What the gateway itself reads of a request in Anthropic's messages shape; everything else is kept and passed on.
 * Sources: MessageCreateParams of Anthropic's API reference, where `max_tokens` is required.
 */
export const messagesRequest = z.looseObject({
  messages: listOfObjects('messages').refine(
    (messages) => messages.length > 0,
    'expected at least one message',
  ),
  stream: z.boolean('expected true or false').nullish(),
  tools: listOfObjects('tools').nullish(),
  max_tokens: z.int('expected a whole number of tokens').min(0, 'expected 0 or more'),
  system: z
    .union([z.string(), z.array(z.looseObject({}))], 'expected text or a list of text blocks')
    .nullish(),
  tool_choice: z.looseObject({ type: z.string() }, 'expected an object with a type').nullish(),
  metadata: z.looseObject({ user_id: z.string().nullish() }, 'expected an object').nullish(),
  thinking: z.looseObject({ type: z.string() }, 'expected an object with a type').nullish(),
})
export type MessagesRequest = z.infer<typeof messagesRequest>

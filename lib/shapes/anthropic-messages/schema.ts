import { z } from 'zod'
import { listOfObjects } from '../list-of-objects'

/**
 * The code by which Anthropic's SDK knows that a server keeps no conversation: its tool runner asks for a `thread`
 * first, and sends whole conversations from then on. Were the field let through, the next turn would come without
 * the ones before it.
 */
const THREAD_UNSUPPORTED = 'thread_unsupported_request'

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
  thread: z
    .unknown()
    .optional()
    .refine((thread) => thread === undefined || thread === null, {
      error: 'conversations are not kept here, send all messages instead',
      params: { code: THREAD_UNSUPPORTED },
    }),
})
export type MessagesRequest = z.infer<typeof messagesRequest>

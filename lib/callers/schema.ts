import { z } from 'zod'

/** What an operator may say of an app or key; null takes it back. */
const declaredKind = z.enum(['agentic', 'human'], { error: 'expected agentic, human or null' }).nullable()

/** `PUT /api/v1/caller-kinds`: who drives an app, named as in its requests, or an API key, by its id. */
export const putCallerKindBody = z
  .strictObject({
    app: z
      .string('expected the name of an app')
      .min(1, 'expected the name of an app')
      .max(4096, 'at most 4096 characters')
      .optional(),
    keyId: z.int('expected the id of an API key').min(1, 'expected the id of an API key').optional(),
    callerKind: declaredKind,
  })
  .refine(({ app, keyId }) => (app === undefined) !== (keyId === undefined), {
    path: ['app'],
    message: 'give app or keyId, one of them',
  })
export type PutCallerKindBody = z.infer<typeof putCallerKindBody>

export const callerKindAnswer = z.object({
  data: z.object({
    /** Null for an API key. */
    app: z.string().nullable(),
    /** Null for an app. */
    keyId: z.number().nullable(),
    /** Name of the app or API key. */
    name: z.string(),
    callerKind: z.enum(['agentic', 'human']).nullable(),
  }),
})
export type CallerKindAnswer = z.infer<typeof callerKindAnswer>

import { z } from 'zod'

/** `openrouter_metadata` of an answer or its last chunk, as far as a trial reads it. */
export const wireMetadata = z.object({
  attempts: z.array(z.object({ provider: z.string().nullish() })).nullish(),
  preset: z.object({ version: z.number().nullish() }).nullish(),
})

/**
 * Who was tried last, by slug, and the preset's version. Null where the gateway does not say. The slug goes before the
 * name in the answer itself, since a failed request names its provider nowhere else.
 */
export function readRouterNotes(metadata: z.infer<typeof wireMetadata> | null | undefined): {
  provider: string | null
  presetVersion: number | null
} {
  return {
    provider: metadata?.attempts?.at(-1)?.provider ?? null,
    presetVersion: metadata?.preset?.version ?? null,
  }
}

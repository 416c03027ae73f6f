import { z } from 'zod'

/** How a name or an id has to look. */
export const textForm = z.object({
  minLength: z.int().optional(),
  maxLength: z.int(),
  /** Characters beside letters and digits; null = any. */
  extra: z.string().nullable(),
  /** The first one is a letter or an underscore. */
  startsWithLetter: z.boolean().optional(),
})
export type TextForm = z.infer<typeof textForm>

/** Places of a body, such as `messages[].role` (wire-paths.ts). */
const places = z.array(z.string())
const parameter = z.string()

/** One thing that is done to a body so that a provider takes it. */
export const edit = z.discriminatedUnion('kind', [
  /** Left out, unless it has this value; with `beside`, only where that stands too. */
  z.object({
    kind: z.literal('drop'),
    parameter,
    at: places,
    unless: z.union([z.number(), z.string(), z.boolean()]).optional(),
    beside: z.string().optional(),
  }),
  /** Under another name; dropped where that one stands too. */
  z.object({ kind: z.literal('rename'), parameter, to: z.string() }),
  /** Other words for some values. */
  z.object({ kind: z.literal('replace'), parameter, at: places, values: z.record(z.string(), z.string()) }),
  /** A longer text becomes its hash, the same each time. */
  z.object({ kind: z.literal('shorten'), parameter, at: places, maxLength: z.int() }),
  /** A larger number becomes this one. */
  z.object({ kind: z.literal('cap'), parameter, at: places, most: z.number() }),
  /** Names of tools; the client reads its own again. */
  z.object({ kind: z.literal('tool_names'), form: textForm }),
  /** Ids of tool calls, in the calls and their results alike. */
  z.object({ kind: z.literal('call_ids'), form: textForm }),
  /** Anthropic's thinking by a budget as adaptive thinking with an effort; `display` where the client said none. */
  z.object({ kind: z.literal('adaptive_thinking'), display: z.enum(['summarized', 'omitted']).optional() }),
])
export type Edit = z.infer<typeof edit>

/** What an endpoint's refusal taught. */
export const learnedEdit = z.object({
  edit,
  /** The provider's words, cut. */
  said: z.string(),
  learnedAtMs: z.number(),
})
export type LearnedEdit = z.infer<typeof learnedEdit>

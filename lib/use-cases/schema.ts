import { z } from 'zod'
import { problemOfUseCase, USE_CASE_FIELDS, USE_CASE_LIMITS } from '../records/use-case'

const { patternLength, promptLength, rules: maxRules } = USE_CASE_LIMITS
const MAX_SAMPLE_TOOLS = 200

const useCaseName = z
  .string('expected a name such as code review')
  .trim()
  .superRefine((name, context) => {
    const message = problemOfUseCase(name)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })

const pattern = z
  .string('expected a pattern such as shop-*, or null')
  .trim()
  .min(1, 'expected a pattern such as shop-*, or null')
  .max(patternLength, `expected at most ${patternLength} characters`)
  .refine(
    (text) => !text.includes('\0') && text.isWellFormed(),
    'expected text without NUL or half characters',
  )
  .nullable()
const patterns = { app: pattern, tool: pattern, systemPrompt: pattern }
const NO_PATTERN = 'give at least one of app, tool and systemPrompt'

const hasPattern = (rule: Partial<Record<(typeof USE_CASE_FIELDS)[number], unknown>>) =>
  USE_CASE_FIELDS.some((field) => typeof rule[field] === 'string')

export const useCaseRule = z.object({
  id: z.uuid(),
  /** What requests that fit are for. */
  useCase: z.string(),
  /** Each null or a pattern in which `*` stands for any text; the rule fits when all that it has fit. */
  app: z.string().nullable(),
  tool: z.string().nullable(),
  systemPrompt: z.string().nullable(),
  enabled: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type UseCaseRuleRow = z.infer<typeof useCaseRule>

/** In the order in which they are tried. */
export const useCaseRulesAnswer = z.object({ rules: z.array(useCaseRule) })
export type UseCaseRulesAnswer = z.infer<typeof useCaseRulesAnswer>

export const useCaseRuleAnswer = z.object({ rule: useCaseRule })
export type UseCaseRuleAnswer = z.infer<typeof useCaseRuleAnswer>

export const useCaseRuleParams = z.object({ id: z.uuid() })

export const createUseCaseRuleBody = z
  .strictObject({
    useCase: useCaseName,
    app: patterns.app.default(null),
    tool: patterns.tool.default(null),
    systemPrompt: patterns.systemPrompt.default(null),
    enabled: z.boolean('expected true or false').default(true),
  })
  .refine(hasPattern, { path: ['app'], message: NO_PATTERN })
export type CreateUseCaseRuleBody = z.infer<typeof createUseCaseRuleBody>

/** What is left out stays. */
export const patchUseCaseRuleBody = z
  .strictObject({
    useCase: useCaseName.optional(),
    app: patterns.app.optional(),
    tool: patterns.tool.optional(),
    systemPrompt: patterns.systemPrompt.optional(),
    enabled: z.boolean('expected true or false').optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'give at least one field to change')
export type PatchUseCaseRuleBody = z.infer<typeof patchUseCaseRuleBody>

/** All rules in the order in which they are to be tried. */
export const orderUseCaseRulesBody = z.strictObject({
  ids: z.array(z.uuid('expected the id of a rule'), 'expected a list of ids').max(maxRules),
})
export type OrderUseCaseRulesBody = z.infer<typeof orderUseCaseRulesBody>

export const deleteUseCaseRuleAnswer = z.object({ deleted: z.literal(true) })

export const previewUseCaseRulesBody = z
  .strictObject({
    /** A rule as it would be; with the id of one that is there, in its place, else after all others. */
    draft: z
      .strictObject({
        id: z.uuid().optional(),
        useCase: useCaseName.optional(),
        app: patterns.app.default(null),
        tool: patterns.tool.default(null),
        systemPrompt: patterns.systemPrompt.default(null),
      })
      .refine(hasPattern, { path: ['app'], message: NO_PATTERN })
      .optional(),
    /** A request to hold against all rules. Null or left out = not seen. */
    sample: z
      .strictObject({
        app: z.string().max(200, 'expected at most 200 characters').nullable().default(null),
        toolNames: z
          .array(z.string().max(300), 'expected a list of tool names')
          .max(MAX_SAMPLE_TOOLS, `expected at most ${MAX_SAMPLE_TOOLS} tools`)
          .nullable()
          .default(null),
        /** Rules look at its first 20,000 characters; the rest is read over. */
        systemPrompt: z
          .string()
          .max(50 * promptLength, 'expected at most 1,000,000 characters')
          .nullable()
          .default(null),
      })
      .optional(),
  })
  .refine(({ draft, sample }) => draft !== undefined || sample !== undefined, 'give draft, sample or both')
export type PreviewUseCaseRulesBody = z.infer<typeof previewUseCaseRulesBody>

const fieldFit = z.object({
  field: z.enum(USE_CASE_FIELDS),
  pattern: z.string(),
  result: z.enum(['fits', 'differs', 'not_seen']),
  /** The app or the tool that fitted. */
  fitted: z.string().nullable(),
})

export const previewUseCaseRulesAnswer = z.object({
  /**
   * The draft's app pattern held against the newest requests; null without one: of past requests the app was kept, the
   * tools' names and the prompt were not.
   */
  past: z
    .object({
      /** How many of the newest requests were looked at, and since when they began; null when there are none. */
      requests: z.number(),
      since: z.string().nullable(),
      /** Whether the draft also asks for a tool or a prompt, so that fewer may fit than counted here. */
      isAtMost: z.boolean(),
      fitting: z.number(),
      /** Of those, requests without a use case, which the rule would have given one. */
      fittingWithoutUseCase: z.number(),
      /** Apps that fit, most requests first. */
      apps: z.array(z.object({ app: z.string(), requests: z.number(), withoutUseCase: z.number() })),
      /** Number of apps that fit, of which `apps` has the first. */
      appCount: z.number(),
    })
    .nullable(),
  /** Null without a sample. */
  sample: z
    .object({
      /** Of the first rule that fits; null when none does. */
      useCase: z.string().nullable(),
      /** Position in `rules` of that rule. */
      decidedBy: z.number().nullable(),
      /** Every rule that is switched on, the draft among them, in order; `id` is null for a new draft. */
      rules: z.array(
        z.object({
          id: z.uuid().nullable(),
          isDraft: z.boolean(),
          useCase: z.string(),
          fits: z.boolean(),
          fields: z.array(fieldFit),
        }),
      ),
    })
    .nullable(),
})
export type PreviewUseCaseRulesAnswer = z.infer<typeof previewUseCaseRulesAnswer>

import type { FieldError } from '@/lib/platform/errors'
import { problemOfUseCase, USE_CASE_FIELDS, USE_CASE_LIMITS, type UseCaseField } from '@/lib/records/use-case'
import type { UseCaseRuleRow } from '@/lib/use-cases/schema'

/** A rule as it is typed: empty text where nothing is asked for. */
export type RuleInput = { useCase: string } & Record<UseCaseField, string>

/** What the form means. */
export type RuleDraft = { useCase: string } & Record<UseCaseField, string | null>

export const EMPTY_RULE: RuleInput = { useCase: '', app: '', tool: '', systemPrompt: '' }
export const RULE_FIELDS = ['useCase', ...USE_CASE_FIELDS] as const

export function inputOf(rule: UseCaseRuleRow): RuleInput {
  return {
    useCase: rule.useCase,
    app: rule.app ?? '',
    tool: rule.tool ?? '',
    systemPrompt: rule.systemPrompt ?? '',
  }
}

/** Spaces around a text are nobody's intention. */
export function draftOf(input: RuleInput): RuleDraft {
  const pattern = (text: string) => text.trim() || null
  return {
    useCase: input.useCase.trim(),
    app: pattern(input.app),
    tool: pattern(input.tool),
    systemPrompt: pattern(input.systemPrompt),
  }
}

/** What keeps a draft from being a rule, field by field; empty when nothing does. */
export function problemsOf(draft: RuleDraft): FieldError[] {
  const problems: FieldError[] = []
  const nameProblem = draft.useCase === '' ? 'give the use case a name' : problemOfUseCase(draft.useCase)
  if (nameProblem !== null) problems.push({ path: 'useCase', message: nameProblem })
  const { patternLength } = USE_CASE_LIMITS
  for (const field of USE_CASE_FIELDS) {
    if ((draft[field]?.length ?? 0) > patternLength) {
      problems.push({ path: field, message: `expected at most ${patternLength} characters` })
    }
  }
  if (!hasPattern(draft))
    problems.push({ path: 'app', message: 'say at least one thing that requests have in common' })
  return problems
}

export function hasPattern(draft: RuleDraft): boolean {
  return USE_CASE_FIELDS.some((field) => draft[field] !== null)
}

/** Whether a pattern asks for a whole prompt, which hardly anybody means. */
export function asksForWholePrompt(input: RuleInput): boolean {
  const text = input.systemPrompt.trim()
  return text !== '' && !text.includes('*')
}

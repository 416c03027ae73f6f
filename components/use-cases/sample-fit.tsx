import type { UseCaseRequest } from '@/lib/records/use-case'
import { trySample, withDraft } from '@/lib/use-cases/preview-rules'
import type { UseCaseRuleRow } from '@/lib/use-cases/schema'
import { FieldLine } from './field-line'
import { hasPattern, type RuleDraft } from './rule-input'

/** What the draft would make of the sample that stands in “Try the rules”. */
export function SampleFit({
  ruleId,
  draft,
  rules,
  sample,
}: {
  ruleId: string | null
  draft: RuleDraft
  rules: readonly UseCaseRuleRow[]
  sample: UseCaseRequest | null
}) {
  if (sample === null || !hasPattern(draft)) return null
  const named = { ...draft, ...(ruleId === null ? {} : { id: ruleId }) }
  const result = trySample(withDraft(rules, named), sample)
  const place = result.rules.findIndex(({ isDraft }) => isDraft)
  const tried = result.rules[place]
  if (tried === undefined) return null
  return (
    <div
      aria-live="polite"
      className="flex flex-col gap-1 rounded-lg bg-sunken px-3.5 py-2.5 text-sm text-muted"
    >
      <p>
        {!tried.fits
          ? 'Your sample does not fit.'
          : result.decidedBy === place
            ? 'Your sample fits.'
            : `Your sample fits, but the rule for “${result.useCase}” comes first.`}
      </p>
      {tried.fields.map((fit) => (
        <FieldLine key={fit.field} fit={fit} />
      ))}
    </div>
  )
}

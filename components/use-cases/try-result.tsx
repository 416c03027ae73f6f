import type { PreviewUseCaseRulesAnswer } from '@/lib/use-cases/schema'
import { FieldLine } from './field-line'

/** The rule that decides, and why each one before it did not. */
export function TryResult({ result }: { result: NonNullable<PreviewUseCaseRulesAnswer['sample']> }) {
  const { useCase, decidedBy, rules } = result
  const looked = decidedBy === null ? rules : rules.slice(0, decidedBy + 1)
  return (
    <div className="flex flex-col gap-3 px-4 py-3.5 text-sm sm:px-5">
      <p>
        {useCase === null ? (
          rules.length === 0 ? (
            'No rule is switched on.'
          ) : (
            'No rule fits: such a request has no use case.'
          )
        ) : (
          <>
            Such a request is for <strong className="font-semibold">{useCase}</strong>.
          </>
        )}
      </p>
      <ol aria-label="Rules that were looked at" className="flex flex-col gap-2.5">
        {looked.map((rule, index) => (
          <li key={rule.id ?? index} className="flex flex-col gap-0.5">
            <span className={rule.fits ? 'font-medium' : 'text-muted'}>
              {rule.useCase} {rule.fits ? 'fits' : 'does not fit'}
            </span>
            {rule.fields.map((field) => (
              <FieldLine key={field.field} fit={field} />
            ))}
          </li>
        ))}
      </ol>
    </div>
  )
}

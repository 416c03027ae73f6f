import { ReasonText } from '@/components/presets/reason-text'
import { Panel } from '@/components/ui/panel'
import { entityLabel } from '@/components/usage/entity-label'
import type { LoggedAttempt, RequestDetail } from '@/lib/analytics/logs/schema'

type Plan = NonNullable<RequestDetail['plan']>

/** In which order the gateway meant to try endpoints and why, and which it left out. */
export function PlanPanel({ plan, attempts }: { plan: Plan | null; attempts: readonly LoggedAttempt[] }) {
  if (plan === null) {
    return (
      <Panel title="Plan">
        <p className="px-4 pb-4 text-sm text-muted sm:px-5">
          Another gateway logged this request, so why it asked whom is not known here.
        </p>
      </Panel>
    )
  }
  const isAsked = ({ model, provider }: { model: string; provider: string }) =>
    attempts.some((attempt) => attempt.provider === provider && attempt.model === model)
  return (
    <Panel title="Plan" note="What the gateway decided before it asked anybody">
      <ol aria-label="Tried in this order" className="border-t">
        {plan.steps.map((step, place) => (
          <PlanRow key={`${step.provider} ${step.model}`} step={step} place={place + 1}>
            {isAsked(step) ? 'asked' : 'not needed'}
          </PlanRow>
        ))}
      </ol>
      {plan.excluded.length > 0 ? (
        <details className="border-t px-4 py-2.5 text-sm sm:px-5">
          <summary className="text-muted hover:text-foreground">
            {plan.excluded.length === 1
              ? 'One endpoint was left out'
              : `${plan.excluded.length} endpoints were left out`}
          </summary>
          <ul aria-label="Left out" className="-mx-4 mt-2 sm:-mx-5">
            {plan.excluded.map((step) => (
              <PlanRow key={`${step.provider} ${step.model}`} step={step} />
            ))}
          </ul>
        </details>
      ) : null}
    </Panel>
  )
}

function PlanRow({
  step: { provider, providerName, model, reasons },
  place,
  children,
}: {
  step: Plan['steps'][number]
  place?: number
  children?: string
}) {
  return (
    <li className="flex items-baseline gap-2.5 border-b px-4 py-2.5 text-sm last:border-b-0 sm:px-5">
      {place === undefined ? null : <span className="text-xs text-muted tabular-nums">{place}</span>}
      <div className="min-w-0 flex-1">
        <span className="font-medium" title={provider}>
          {providerName}
        </span>{' '}
        <span className="text-xs break-all text-muted" title={model}>
          {entityLabel('model', model)}
        </span>
        <ul className="text-xs text-muted">
          {reasons.map((reason) => (
            <li key={reason}>
              <ReasonText text={reason} />
            </li>
          ))}
        </ul>
      </div>
      {children === undefined ? null : (
        <span className="text-xs whitespace-nowrap text-muted">{children}</span>
      )}
    </li>
  )
}

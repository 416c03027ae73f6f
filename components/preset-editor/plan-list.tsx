import { ReasonText } from '@/components/presets/reason-text'
import type { Endpoint } from '@/lib/catalog/schema'
import type { Plan, PlanStep } from '@/lib/gateway/plan-schema'
import { HealthDot } from './endpoint-record'

/** The plan's steps in their order, and who is left out, each with its reasons. */
export function PlanList({ plan, endpoints }: { plan: Plan; endpoints: readonly Endpoint[] }) {
  const models = new Set([...plan.steps, ...plan.excluded].map(({ model }) => model))
  const rowOf = (step: PlanStep) => (
    <StepText
      step={step}
      endpoint={endpoints.find((one) => one.provider === step.provider && one.model === step.model)}
      withModel={models.size > 1}
    />
  )
  return (
    <div className="border-t">
      {plan.steps.length === 0 ? (
        <p className="px-4 py-3 text-sm text-negative sm:px-5">
          {plan.excluded.length === 0
            ? 'Nobody would be asked: no provider of the gateway serves such a request.'
            : 'Nobody would be asked: such a request is refused with the reasons below.'}
        </p>
      ) : (
        <ol aria-label="Tried in this order" className="flex flex-col">
          {plan.steps.map((step, index) => (
            <li key={step.endpointId} className="flex gap-3 border-b px-4 py-2.5 last:border-b-0 sm:px-5">
              <span
                className={
                  index === 0
                    ? 'flex size-5 shrink-0 items-center justify-center rounded-full bg-accent text-2xs font-semibold text-on-accent'
                    : 'flex size-5 shrink-0 items-center justify-center rounded-full border text-2xs text-muted'
                }
                aria-hidden="true"
              >
                {index + 1}
              </span>
              {rowOf(step)}
            </li>
          ))}
        </ol>
      )}
      {plan.excluded.length > 0 ? (
        <section aria-label="Left out" className="border-t bg-sunken px-4 py-3 last:rounded-b-xl sm:px-5">
          <h3 className="mb-1.5 text-xs font-medium text-muted">Left out</h3>
          <ul className="flex flex-col gap-2">
            {plan.excluded.map((step) => (
              <li key={step.endpointId}>{rowOf(step)}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function StepText({
  step,
  endpoint,
  withModel,
}: {
  step: PlanStep
  endpoint: Endpoint | undefined
  withModel: boolean
}) {
  return (
    <div className="min-w-0 flex-1">
      <div className="flex items-center gap-2">
        {endpoint ? <HealthDot status={endpoint.health.status} /> : null}
        <span className="truncate text-sm font-medium">{endpoint?.providerName ?? step.provider}</span>
        {withModel ? <span className="truncate text-xs text-muted">{step.model}</span> : null}
      </div>
      <ul className="text-xs text-muted">
        {step.reasons.map(({ rule, text }) => (
          <li key={`${rule} ${text}`}>
            <ReasonText text={text} />
          </li>
        ))}
        {(step.amendments ?? []).map((text) => (
          <li key={text}>{text}, since it was refused there</li>
        ))}
      </ul>
    </div>
  )
}

'use client'

import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { DateField } from '@/components/ui/date-field'
import { formatIsoDay } from '@/lib/platform/format'
import { type WindowChoice, windowLengthMs } from './window-choice'

const DAY_MS = 86_400_000

/** First and last day, both included, as people name ranges; the window itself is half-open. */
export function CustomWindowForm({
  choice,
  onApply,
}: {
  choice: WindowChoice
  onApply: (choice: WindowChoice) => void
}) {
  const errorId = useId()
  const [error, setError] = useState<string | null>(null)
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    const fromMs = Date.parse(String(fields.get('from')))
    const lastMs = Date.parse(String(fields.get('last')))
    if (Number.isNaN(fromMs) || Number.isNaN(lastMs)) return setError('Give both days.')
    if (lastMs < fromMs) return setError('The last day is before the first.')
    setError(null)
    onApply({ fromMs, toMs: lastMs + DAY_MS })
    form.closest<HTMLElement>('[popover]')?.hidePopover()
  }
  const { from, last } = defaultDays(choice)
  return (
    <form onSubmit={apply} className="flex flex-col gap-3" noValidate>
      <DateField name="from" label="First day" defaultValue={from} describedBy={errorId} />
      <DateField name="last" label="Last day" defaultValue={last} describedBy={errorId} />
      <p id={errorId} role="alert" className="text-sm text-negative empty:hidden">
        {error}
      </p>
      <div className="flex items-center justify-between">
        <span className="text-xs text-muted">Days begin at 00:00 UTC.</span>
        <Button type="submit" variant="primary">
          Show
        </Button>
      </div>
    </form>
  )
}

function defaultDays(choice: WindowChoice): { from: string; last: string } {
  if (!('period' in choice)) return { from: formatIsoDay(choice.fromMs), last: formatIsoDay(choice.toMs - 1) }
  const now = Date.now()
  return { from: formatIsoDay(now - windowLengthMs(choice) + DAY_MS), last: formatIsoDay(now) }
}

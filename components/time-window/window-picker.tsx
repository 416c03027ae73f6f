'use client'

import clsx from 'clsx'
import { CalendarRange } from 'lucide-react'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import { formatWindow } from '@/lib/platform/format'
import { PERIOD_NAMES, PERIODS, type PeriodName } from '@/lib/time/period'
import { CustomWindowForm } from './custom-window-form'
import type { WindowChoice } from './window-choice'

const SHORT_NAMES = { '24h': 'Day', '7d': 'Week', '30d': 'Month', '90d': '90 days' } satisfies Record<
  PeriodName,
  string
>

/** No radio is checked while a custom range is in force. */
const CUSTOM = 'custom'

export function WindowPicker({
  choice,
  onChange,
}: {
  choice: WindowChoice
  onChange: (choice: WindowChoice) => void
}) {
  const custom = 'period' in choice ? null : choice
  const options = PERIOD_NAMES.map((name) => ({
    value: name as PeriodName | typeof CUSTOM,
    label: SHORT_NAMES[name],
    accessibleLabel: `Last ${PERIODS[name].label}`,
  }))
  return (
    <div className="flex max-w-full items-center gap-2 max-sm:w-full max-sm:flex-wrap">
      <Segmented
        label="Time window"
        options={options}
        value={'period' in choice ? choice.period : CUSTOM}
        onChange={(value) => value !== CUSTOM && onChange({ period: value })}
        className="max-sm:flex-[1_0_auto]"
      />
      <Popover
        label="Custom time window"
        align="end"
        className="w-72 p-4"
        trigger={(properties) => (
          <button
            type="button"
            {...properties}
            className={clsx(
              'inline-flex h-8 items-center gap-1.5 rounded-lg border px-2.5 text-sm transition-colors hover:bg-hover',
              custom
                ? 'border-accent/50 bg-accent-soft font-medium text-accent-strong'
                : 'bg-surface text-muted',
            )}
          >
            <CalendarRange className="size-4" aria-hidden="true" />
            {custom ? formatWindow(custom.fromMs, custom.toMs) : 'Custom'}
          </button>
        )}
      >
        <CustomWindowForm choice={choice} onApply={onChange} />
      </Popover>
    </div>
  )
}

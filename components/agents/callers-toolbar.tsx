'use client'

import { SearchField } from '@/components/ui/search-field'
import { Segmented } from '@/components/ui/segmented'
import type { CallersAnswer } from '@/lib/analytics/agents/callers/schema'
import { CALLER_SUBJECTS } from '@/lib/analytics/agents/callers/subjects'
import { formatCompact } from '@/lib/platform/format'
import { CALLER_CLASSES, type CallerClass } from '@/lib/records/caller-class'
import { CLASS_LOOKS } from './caller-class-badge'
import { CALLER_WORDS } from './caller-words'
import type { CallersState } from './callers-panel'

const SUBJECT_OPTIONS = CALLER_SUBJECTS.map((by) => ({ value: by, label: CALLER_WORDS[by].tab }))
const ANY = 'any'

export function CallersToolbar({
  classes,
  state,
  onStateChange,
}: {
  /** Undefined until they are known. */
  classes: CallersAnswer['classes'] | undefined
  state: CallersState
  onStateChange: (change: Partial<CallersState>) => void
}) {
  const { many } = CALLER_WORDS[state.by]
  const classOptions = [
    { value: ANY as CallerClass | typeof ANY, label: 'All' },
    ...CALLER_CLASSES.map((callerClass) => ({
      value: callerClass,
      label: (
        <>
          {CLASS_LOOKS[callerClass].label}
          <span className="text-2xs text-muted tabular-nums max-sm:hidden">
            {classes ? formatCompact(classes[callerClass].callers) : null}
          </span>
        </>
      ),
      accessibleLabel: CLASS_LOOKS[callerClass].label,
    })),
  ]
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 px-4 pb-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
        <Segmented
          label="Callers"
          options={SUBJECT_OPTIONS}
          value={state.by}
          onChange={(by) => onStateChange({ by, class: null, q: '', all: false })}
          className="max-sm:w-full"
        />
        <Segmented
          label="Class"
          options={classOptions}
          value={state.class ?? ANY}
          onChange={(value) => onStateChange({ class: value === ANY ? null : value, all: false })}
          className="max-sm:w-full max-sm:[&_label]:px-1"
        />
      </div>
      <SearchField
        label={`Filter ${many} by name`}
        placeholder={`Filter ${many}`}
        value={state.q}
        onChange={(q) => onStateChange({ q })}
        className="sm:w-56"
      />
    </div>
  )
}

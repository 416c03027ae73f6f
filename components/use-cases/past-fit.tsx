'use client'

import { useQuery } from '@tanstack/react-query'
import { errorMessage } from '@/components/api/error-note'
import { useDebounced } from '@/components/ui/use-debounced'
import { formatExact, formatInstant } from '@/lib/platform/format'
import { USE_CASE_LIMITS } from '@/lib/records/use-case'
import type { PreviewUseCaseRulesAnswer, PreviewUseCaseRulesBody } from '@/lib/use-cases/schema'
import { hasPattern, type RuleDraft } from './rule-input'
import { rulePreviewQueryOptions } from './rules-query'

const TYPING_MS = 300
const SHOWN_APPS = 4

/** What a draft's app pattern fits among the newest requests; of tools and prompts nothing past is kept. */
export function PastFit({ ruleId, draft }: { ruleId: string | null; draft: RuleDraft }) {
  // Text, because what settles is compared by identity.
  const app = useDebounced(draft.app ?? '', TYPING_MS)
  const isShort = app.length <= USE_CASE_LIMITS.patternLength
  const body: PreviewUseCaseRulesBody = {
    draft: {
      ...(ruleId === null ? {} : { id: ruleId }),
      app,
      tool: draft.tool === null ? null : '*',
      systemPrompt: draft.systemPrompt === null ? null : '*',
    },
  }
  const query = useQuery({ ...rulePreviewQueryOptions(body), enabled: app !== '' && isShort })
  if (!hasPattern(draft)) return null
  return (
    <div aria-live="polite" className="min-h-15 rounded-lg bg-sunken px-3.5 py-2.5 text-sm text-muted">
      {draft.app === null ? (
        <p>
          Tools and prompts of past requests are not kept, so only an app can be tried on the past. A sample
          under “Try the rules” is held against this form too.
        </p>
      ) : query.data?.past ? (
        <Counted past={query.data.past} />
      ) : query.isError ? (
        <p>Not tried on past requests. {errorMessage(query.error)}</p>
      ) : (
        <span className="skeleton mt-1 block h-4 w-64 max-w-full" />
      )}
    </div>
  )
}

function Counted({ past }: { past: NonNullable<PreviewUseCaseRulesAnswer['past']> }) {
  const { requests, since, isAtMost, fitting, fittingWithoutUseCase, apps, appCount } = past
  if (since === null) return <p>No request was logged yet to try this on.</p>
  const hidden = appCount - SHOWN_APPS
  return (
    <>
      <p>
        {isAtMost ? 'At most ' : ''}
        <strong className="font-medium text-foreground tabular-nums">{formatExact(fitting)}</strong> of the
        newest {formatExact(requests)} requests fit, since {formatInstant(Date.parse(since))};{' '}
        {formatExact(fittingWithoutUseCase)} of them had no use case.
      </p>
      {fitting > 0 ? (
        <p className="mt-1 break-words">
          {apps
            .slice(0, SHOWN_APPS)
            .map((row) => `${row.app} ${formatExact(row.requests)}`)
            .join(' · ')}
          {hidden > 0 ? ` · ${formatExact(hidden)} more apps` : ''}
        </p>
      ) : null}
      {isAtMost ? (
        <p className="mt-1">By app alone: tools and prompts of past requests are not kept.</p>
      ) : null}
    </>
  )
}

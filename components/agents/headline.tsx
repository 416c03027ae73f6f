'use client'

import { useQuery } from '@tanstack/react-query'
import { ErrorNote } from '@/components/api/error-note'
import { Freshness } from '@/components/api/freshness'
import { logsPath } from '@/components/logs/logs-path'
import {
  previousWindowName,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import type { AnatomyAnswer } from '@/lib/analytics/agents/anatomy/schema'
import type { Compared } from '@/lib/analytics/overview/schema'
import { compactParts, type FigureParts, formatPercent, formatPoints } from '@/lib/platform/format'
import { anatomyQueryOptions, shareQueryOptions } from './agents-query'
import { HeadlineTile } from './headline-tile'
import { useCrossover } from './use-crossover'

/** The four numbers of the page: how much is agents', how much heavier they are, and since when they lead. */
export function Headline({ choice }: { choice: WindowChoice }) {
  const share = useQuery(shareQueryOptions(choice))
  const anatomy = useQuery(anatomyQueryOptions(choice))
  const crossover = useCrossover(share)
  const failed = [share, anatomy].find((query) => query.data === undefined && query.isError)
  if (failed) {
    return (
      <section aria-label="Key figures" className="rounded-xl border bg-surface">
        <ErrorNote
          error={failed.error}
          isRetrying={failed.isFetching}
          onRetry={() => void Promise.all([share.refetch(), anatomy.refetch()])}
        />
      </section>
    )
  }
  const agentic = logsPath({ callerKind: 'agentic', ...windowSearchParams(choice) })
  const ofShare = { isLoading: share.data === undefined, isDimmed: share.isPlaceholderData }
  return (
    <section aria-label="Key figures" aria-busy={share.data === undefined || share.isPlaceholderData}>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border lg:grid-cols-4">
        <HeadlineTile
          label="Agentic tokens"
          definition="agenticShare"
          figure={percentParts(share.data?.agenticTokenShare)}
          note={changeNote(share.data?.agenticTokenShare)}
          href={agentic}
          {...ofShare}
        />
        <HeadlineTile
          label="Agentic requests"
          definition="agenticRequestShare"
          figure={percentParts(share.data?.agenticRequestShare)}
          note={changeNote(share.data?.agenticRequestShare)}
          href={agentic}
          {...ofShare}
        />
        <HeadlineTile
          label="Agentic factor"
          definition="agenticFactor"
          figure={factorParts(anatomy.data?.factor ?? null)}
          note={averagesNote(anatomy.data)}
          isLoading={anatomy.data === undefined}
          isDimmed={anatomy.isPlaceholderData}
        />
        <HeadlineTile
          label="Crossover"
          definition="crossover"
          figure={crossover?.words.figure ? { figure: crossover.words.figure, suffix: '' } : null}
          note={crossover?.words.note}
          {...ofShare}
        />
      </dl>
      <p className="mt-2 px-1 text-xs text-muted">
        <WindowNote query={share} />, against {previousWindowName(choice)}
        <Freshness query={share} />
      </p>
    </section>
  )
}

function percentParts(compared: Compared | undefined): FigureParts | null {
  const value = compared?.value ?? null
  if (value === null) return null
  return { figure: formatPercent(value).replace('%', ''), suffix: '%' }
}

function changeNote(compared: Compared | undefined): string {
  const change = compared?.change ?? null
  return change === null ? 'nothing to compare with' : formatPoints(change)
}

function factorParts(factor: number | null): FigureParts | null {
  if (factor === null) return null
  const { figure, suffix } = compactParts(factor)
  return { figure: `${figure}${suffix}`, suffix: '×' }
}

function averagesNote(data: AnatomyAnswer | undefined): string {
  const perAgent = data?.agentic.averageTokens ?? null
  const perPerson = data?.human.averageTokens ?? null
  if (perAgent === null && perPerson === null) return 'nothing to compare'
  const words = (value: number | null) => {
    if (value === null) return 'unknown'
    const { figure, suffix } = compactParts(value)
    return `${figure}${suffix}`
  }
  return `${words(perAgent)} against ${words(perPerson)} tokens a request`
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { ExportLinks } from '@/components/api/export-links'
import { Freshness } from '@/components/api/freshness'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { WindowNote } from '@/components/time-window/window-note'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import type { AnatomyAnswer } from '@/lib/analytics/agents/anatomy/schema'
import { prepareAnatomy } from '@/lib/charts/prepare-anatomy'
import { formatExact } from '@/lib/platform/format'
import { agentsExportUrl, agentsUrl, anatomyQueryOptions } from './agents-query'
import { AnatomyBar } from './anatomy-bar'
import { AnatomyTable } from './anatomy-table'

/** Bars and table are this high, and so is what stands in their place. */
const HEIGHT = 'min-h-[36rem]'

export function AnatomyPanel({ choice }: { choice: WindowChoice }) {
  const query = useQuery(anatomyQueryOptions(choice))
  return (
    <Panel
      title="Where do the tokens of a turn go?"
      info={<Definition of="anatomy" />}
      note={
        <>
          Tokens of an average request, <WindowNote query={query} />
          <Freshness query={query} />
        </>
      }
      actions={
        <ExportLinks
          subject="the anatomy of a turn"
          urlOf={(format) => agentsExportUrl(agentsUrl('anatomy', choice), format)}
        />
      }
    >
      <QueryBody query={query} skeleton={<AnatomySkeleton />} className={HEIGHT} errorClassName={HEIGHT}>
        {(answer) =>
          answer.agentic.requests + answer.human.requests === 0 ? (
            <div className={HEIGHT}>
              <EmptyState title="No agentic or human requests in this window">
                Requests count as either once their log says something about tools.
              </EmptyState>
            </div>
          ) : (
            <Anatomy answer={answer} choice={choice} />
          )
        }
      </QueryBody>
    </Panel>
  )
}

function Anatomy({ answer, choice }: { answer: AnatomyAnswer; choice: WindowChoice }) {
  const agentic = prepareAnatomy(answer.agentic)
  const human = prepareAnatomy(answer.human)
  const longest = Math.max(agentic.tokens, human.tokens)
  return (
    <>
      <div className="flex flex-col gap-4 px-4 pb-4 sm:px-5">
        <AnatomyBar
          name="Agentic"
          anatomy={agentic}
          cachedShare={answer.agentic.cachedShare}
          longest={longest}
        />
        <AnatomyBar name="Human" anatomy={human} cachedShare={answer.human.cachedShare} longest={longest} />
      </div>
      <AnatomyTable answer={answer} agentic={agentic} human={human} choice={choice} />
      <p className="border-t px-4 py-3 text-xs text-muted tabular-nums sm:px-5">
        Parts known for {coverage(answer.agentic)} agentic and {coverage(answer.human)} human requests.
      </p>
    </>
  )
}

function coverage({ partsKnown, requests }: AnatomyAnswer['agentic']): string {
  return `${formatExact(partsKnown)} of ${formatExact(requests)}`
}

function AnatomySkeleton() {
  return (
    <div aria-hidden="true" className="px-4 sm:px-5">
      <span className="skeleton mb-8 block h-10 w-full" />
      <span className="skeleton mb-8 block h-10 w-1/5" />
      {Array.from({ length: 11 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className="flex h-9 items-center gap-4 border-t">
          <span className="skeleton h-3 w-32" />
          <span className="skeleton ml-auto h-3 w-16" />
          <span className="skeleton h-3 w-16" />
        </div>
      ))}
    </div>
  )
}

'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { ExportLinks } from '@/components/api/export-links'
import { QueryBody } from '@/components/api/query-body'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import { Segmented } from '@/components/ui/segmented'
import { BAD_CALL_CLASSES, type BadCallClass } from '@/lib/analytics/tools/bad-calls'
import { formatExact } from '@/lib/platform/format'
import { BAD_CALL_LOOK } from './bad-call-look'
import { FailingCallItem } from './failing-call-item'
import type { ToolsFilter } from './tools-filter'
import { failingCallsAddress, failingCallsQueryOptions, toolsUrl } from './tools-query'

const ANY = 'any'
const VERDICT_OPTIONS = [
  { value: ANY as BadCallClass | typeof ANY, label: 'All' },
  ...BAD_CALL_CLASSES.map((value) => ({
    value,
    label: (
      <>
        <span className="sm:hidden">{BAD_CALL_LOOK[value].short}</span>
        <span className="max-sm:hidden">{BAD_CALL_LOOK[value].label}</span>
      </>
    ),
    accessibleLabel: BAD_CALL_LOOK[value].label,
  })),
]

/** The newest bad tool calls, each to be opened for what was wrong with it. */
export function FailingCallsPanel({
  choice,
  filter,
  verdict,
  tool,
  onVerdictChange,
  onToolClear,
}: {
  choice: WindowChoice
  filter: ToolsFilter
  verdict: BadCallClass | null
  tool: string | null
  onVerdictChange: (verdict: BadCallClass | null) => void
  onToolClear: () => void
}) {
  const request = { choice, filter, verdict, tool }
  const query = useInfiniteQuery(failingCallsQueryOptions(request))
  const calls = query.data?.pages.flatMap(({ rows }) => rows) ?? []
  return (
    <Panel
      title="Failing tool calls"
      note={
        <>
          Newest first, also those that failover hid; open one for the reason
          {filter?.by === 'author' ? '. Not narrowed to the author' : null}
        </>
      }
      actions={
        <>
          {tool === null ? null : (
            <Button
              size="small"
              onClick={onToolClear}
              aria-label={`Show the calls of all tools, not only ${tool}`}
            >
              <code className="max-w-40 truncate font-mono text-xs">{tool}</code>
              <X aria-hidden="true" className="size-3.5!" />
            </Button>
          )}
          <ExportLinks
            subject="the failing calls"
            urlOf={(format) => `${toolsUrl(failingCallsAddress(request), format)}&limit=200`}
          />
          <Segmented
            label="What was wrong"
            options={VERDICT_OPTIONS}
            value={verdict ?? ANY}
            onChange={(value) => onVerdictChange(value === ANY ? null : value)}
          />
        </>
      }
    >
      <QueryBody
        query={query}
        skeleton={<RowsSkeleton rows={6} rowHeight="h-13" hasMark={false} />}
        className="min-h-78 border-t"
      >
        {() =>
          calls.length === 0 && !query.hasNextPage ? (
            <EmptyState title="No failing tool calls">
              Every checked call of this window could be used, or its facts are no longer kept.
            </EmptyState>
          ) : (
            <>
              <ul aria-label="Failing tool calls" className="text-sm">
                {calls.map((call) => (
                  <FailingCallItem
                    key={`${call.ref} ${call.attemptIndex} ${call.callIndex}`}
                    call={call}
                    choice={choice}
                  />
                ))}
              </ul>
              <div className="flex min-h-12 items-center justify-between gap-3 px-4 py-2 text-sm text-muted sm:px-5">
                <span aria-live="polite" className="tabular-nums">
                  {formatExact(calls.length)} {query.hasNextPage ? 'so far' : 'in all'}
                </span>
                {query.hasNextPage ? (
                  <Button
                    size="small"
                    disabled={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Show older calls
                  </Button>
                ) : null}
              </div>
            </>
          )
        }
      </QueryBody>
    </Panel>
  )
}

import Link from 'next/link'
import { DotTrack, IntervalTrack, TrackAxis } from '@/components/charts/interval-track'
import { Definition } from '@/components/definitions/definition'
import { logsPath } from '@/components/logs/logs-path'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import { EntityName } from '@/components/usage/entity-name'
import type { ToolProviderRow, ToolProvidersAnswer } from '@/lib/analytics/tools/providers/schema'
import { type IntervalScale, intervalScale } from '@/lib/charts/interval-scale'
import { formatExact, formatPercent } from '@/lib/platform/format'
import { BadCallsBar } from './bad-calls-bar'
import { ErrorRate } from './error-rate'
import { intervalsOf, toInterval } from './to-interval'

/** Tool-use rates are compared over the whole scale: all of them lie on it. */
const WHOLE: IntervalScale = { highest: 1, ticks: [0, 0.5, 1] }

/** Error rates as dots with their intervals on one axis, classes of bad calls, and tool-use rates on another. */
export function ProvidersTable({ answer, choice }: { answer: ToolProvidersAnswer; choice: WindowChoice }) {
  const scale = intervalScale(intervalsOf(answer.rows))
  return (
    <table className="w-full table-fixed text-sm max-md:block">
      <caption className="sr-only">
        Tool-call error rates and tool-use rates of the providers of {answer.model}, worst first
      </caption>
      <thead className="text-left text-xs text-muted max-md:sr-only [&_th]:pt-2 [&_th]:pb-1 [&_th]:align-bottom [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="w-46 pl-5">
            Provider
          </th>
          <th scope="col" className="pr-6">
            <span className="flex items-center gap-1">
              Error rate <Definition of="toolCallErrorRate" />
            </span>
            <TrackAxis scale={scale} className="mt-1" />
          </th>
          <th scope="col" className="w-42">
            <span className="sr-only">Error rate in figures</span>
          </th>
          <th scope="col" className="w-42 pr-8">
            Bad calls
          </th>
          <th scope="col" className="w-48 pr-4 lg:w-60">
            <span className="flex items-center gap-1">
              Tool-use rate <Definition of="toolUseRate" />
            </span>
            <TrackAxis scale={WHOLE} className="mt-1" />
          </th>
          <th scope="col" className="w-26 pr-5">
            <span className="sr-only">Tool-use rate in figures</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {answer.rows.map((row) => (
          <ProviderRow key={row.provider} row={row} scale={scale} model={answer.model} choice={choice} />
        ))}
      </tbody>
    </table>
  )
}

function ProviderRow({
  row,
  scale,
  model,
  choice,
}: {
  row: ToolProviderRow
  scale: IntervalScale
  model: string
  choice: WindowChoice
}) {
  return (
    <tr className="border-b last:border-b-0 max-md:grid max-md:grid-cols-[1fr_auto] max-md:items-center max-md:gap-x-4 max-md:gap-y-1 max-md:border-t max-md:border-b-0 max-md:px-4 max-md:py-3 md:h-15 md:hover:bg-sunken">
      <th scope="row" className="text-left font-normal md:pr-3 md:pl-5">
        <EntityName by="provider" entityKey={row.provider} label={row.providerName} color={null} />
      </th>
      <td className="max-md:order-3 max-md:col-span-2 md:pr-6">
        <IntervalTrack interval={toInterval(row)} scale={scale} color="var(--chart-4)" />
      </td>
      <td className="max-md:text-right">
        <ErrorRate rate={row} bad={row.badAttempts} sample={row.toolCallAttempts} of="attempts" />
      </td>
      <td className="max-md:order-4 max-md:col-span-2 md:pr-8">
        {row.badAttempts === 0 ? (
          <BadCallsBar byClass={row.byClass} />
        ) : (
          <Link
            href={logsPath({ ...windowSearchParams(choice), model, provider: row.provider, verdict: 'bad' })}
            prefetch={false}
            className="block hover:opacity-80"
          >
            <span className="sr-only">Requests with bad tool calls: </span>
            <BadCallsBar byClass={row.byClass} />
          </Link>
        )}
      </td>
      <td className="max-md:order-6 max-md:hidden md:pr-4">
        <DotTrack share={row.toolUseRate} scale={WHOLE} color="var(--chart-1)" />
      </td>
      <td className="tabular-nums max-md:order-5 max-md:col-span-2 max-md:text-xs max-md:text-muted md:pr-5">
        <span className="md:hidden">Tool-use rate </span>
        <span className="font-medium max-md:text-foreground">{formatPercent(row.toolUseRate)}</span>
        <span className="text-xs text-muted md:block">
          <span className="md:hidden"> · {formatExact(row.toolUseAttempts)} </span>of{' '}
          {formatExact(row.toolsOfferedAttempts)}
          <span className="md:hidden"> attempts with tools offered</span>
        </span>
      </td>
    </tr>
  )
}

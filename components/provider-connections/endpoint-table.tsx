'use client'

import { Pencil } from 'lucide-react'
import { Fragment } from 'react'
import { Button } from '@/components/ui/button'
import { authorOfModel, entityLabel } from '@/components/usage/entity-label'
import type { Endpoint } from '@/lib/catalog/schema'
import { formatCompact, formatExact, formatUsd, UNKNOWN } from '@/lib/platform/format'
import { EndpointHealth } from './endpoint-health'
import { EndpointLessons } from './endpoint-lessons'
import { EndpointSwitch } from './endpoint-switch'

export function EndpointTable({
  endpoints,
  onEdit,
}: {
  endpoints: readonly Endpoint[]
  onEdit: (endpoint: Endpoint) => void
}) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Endpoints, by model</caption>
      <thead className="text-left text-xs text-muted max-xl:sr-only [&_th]:h-9 [&_th]:pr-5 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="pl-4 sm:pl-5">
            Model
          </th>
          <th scope="col">Called there</th>
          <th scope="col" className="text-right">
            Prompt
          </th>
          <th scope="col" className="text-right">
            Completion
          </th>
          <th scope="col" className="text-right">
            Context
          </th>
          <th scope="col">Quantization</th>
          <th scope="col">Tools</th>
          <th scope="col">Health</th>
          <th scope="col">On</th>
          <th scope="col" className="w-12">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <Fragment key={endpoint.model}>
            <EndpointRow endpoint={endpoint} onEdit={onEdit} />
            <EndpointLessons endpoint={endpoint} name={entityLabel('model', endpoint.model)} />
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

function EndpointRow({ endpoint, onEdit }: { endpoint: Endpoint; onEdit: (endpoint: Endpoint) => void }) {
  const name = entityLabel('model', endpoint.model)
  return (
    <tr className="border-b last:border-b-0 max-xl:grid max-xl:grid-cols-[1fr_auto_auto] max-xl:items-center max-xl:gap-x-3 max-xl:gap-y-1 max-xl:border-t max-xl:border-b-0 max-xl:px-4 max-xl:py-3 sm:max-xl:px-5 xl:h-14 xl:[&_td]:pr-5">
      <th scope="row" className="min-w-0 text-left font-normal xl:max-w-56 xl:pr-5 xl:pl-5">
        <span className="block truncate font-medium" title={endpoint.model}>
          {name}
        </span>
        <span className="block truncate text-xs text-muted">{authorOfModel(endpoint.model)}</span>
      </th>
      <td className="truncate font-mono text-xs max-xl:hidden xl:max-w-44" title={endpoint.upstreamModel}>
        {endpoint.upstreamModel}
      </td>
      <td className="text-right tabular-nums max-xl:hidden">
        {formatUsd(endpoint.promptUsdPerMTok)}
        {endpoint.cachedUsdPerMTok === null ? null : (
          <span className="block text-xs text-muted">{formatUsd(endpoint.cachedUsdPerMTok)} cached</span>
        )}
      </td>
      <td className="text-right tabular-nums max-xl:hidden">{formatUsd(endpoint.completionUsdPerMTok)}</td>
      <td className="text-right tabular-nums max-xl:hidden" title={exactContext(endpoint)}>
        {contextOf(endpoint)}
      </td>
      <td className="max-xl:hidden">{endpoint.quantization ?? UNKNOWN}</td>
      <td className="max-xl:hidden">{toolsOf(endpoint)}</td>
      <td className="text-xs text-muted tabular-nums max-xl:order-4 max-xl:col-span-3 xl:hidden">
        <Summary endpoint={endpoint} />
      </td>
      <td className="max-xl:order-5 max-xl:col-span-3 max-xl:text-xs">
        <EndpointHealth health={endpoint.health} />
      </td>
      <td className="max-xl:order-2">
        <EndpointSwitch endpoint={endpoint} name={name} />
      </td>
      <td className="text-right max-xl:order-3 xl:pr-3!">
        <Button
          variant="quiet"
          size="icon"
          onClick={() => onEdit(endpoint)}
          aria-label={`Edit ${name}`}
          title="Edit"
        >
          <Pencil aria-hidden="true" />
        </Button>
      </td>
    </tr>
  )
}

/** The columns that a small screen has no room for, in two lines; what is not known is left out. */
function Summary({ endpoint }: { endpoint: Endpoint }) {
  const { promptUsdPerMTok, cachedUsdPerMTok, completionUsdPerMTok, contextLength, quantization } = endpoint
  const facts = [
    promptUsdPerMTok === null ? null : `${formatUsd(promptUsdPerMTok)} prompt`,
    cachedUsdPerMTok === null ? null : `${formatUsd(cachedUsdPerMTok)} cached`,
    completionUsdPerMTok === null ? null : `${formatUsd(completionUsdPerMTok)} completion`,
    contextLength === null ? null : `${contextOf(endpoint)} context`,
    quantization,
    endpoint.supportsTools === false ? 'no tools' : null,
  ].filter((fact) => fact !== null)
  return (
    <>
      <span className="block truncate">
        Called <span className="font-mono text-foreground">{endpoint.upstreamModel}</span>
      </span>
      <span className="block">{facts.length === 0 ? 'No price known' : facts.join(' · ')}</span>
    </>
  )
}

function contextOf({ contextLength }: Endpoint): string {
  return contextLength === null ? UNKNOWN : formatCompact(contextLength)
}

function exactContext({ contextLength }: Endpoint): string | undefined {
  return contextLength === null ? undefined : `${formatExact(contextLength)} tokens`
}

function toolsOf({ supportsTools }: Endpoint): string {
  if (supportsTools === null) return UNKNOWN
  return supportsTools ? 'Yes' : 'No'
}

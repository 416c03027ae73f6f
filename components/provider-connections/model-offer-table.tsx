'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { authorOfModel, entityLabel } from '@/components/usage/entity-label'
import type { ModelOffer } from '@/lib/catalog/model-list-schema'
import { formatCompact, formatUsd, UNKNOWN } from '@/lib/platform/format'

/** As many as a person looks through; the search finds the others. */
const SHOWN_AT_FIRST = 60

/** Models to choose by their boxes, with prices and what they can do. */
export function ModelOfferTable({
  offers,
  chosen,
  onChoose,
}: {
  offers: readonly ModelOffer[]
  /** What the provider calls them. */
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? offers : offers.slice(0, SHOWN_AT_FIRST)
  const open = offers.filter(({ isConnected }) => !isConnected)
  const areAllChosen = open.length > 0 && open.every(({ upstreamModel }) => chosen.has(upstreamModel))
  const set = (names: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const name of names) {
      if (isChosen) next.add(name)
      else next.delete(name)
    }
    onChoose(next)
  }
  if (offers.length === 0) {
    return <p className="border-t px-4 py-6 text-sm text-muted sm:px-5">No model by that name.</p>
  }
  return (
    <div className="max-h-[min(36rem,62dvh)] overflow-y-auto border-t">
      <table className="w-full text-sm">
        <caption className="sr-only">Models that the provider serves</caption>
        <thead className="sticky top-0 z-10 bg-surface text-left text-xs text-muted shadow-[inset_0_-1px_0_var(--border)] [&_th]:h-9 [&_th]:pr-4 [&_th]:font-medium">
          <tr>
            <th scope="col" className="w-10 pl-4 sm:pl-5">
              <input
                type="checkbox"
                aria-label="All models shown"
                checked={areAllChosen}
                disabled={open.length === 0}
                onChange={(event) =>
                  set(
                    open.map(({ upstreamModel }) => upstreamModel),
                    event.target.checked,
                  )
                }
                className="size-4 align-middle accent-accent"
              />
            </th>
            <th scope="col">Model</th>
            <th scope="col" className="text-right">
              Prompt
            </th>
            <th scope="col" className="text-right">
              Completion
            </th>
            <th scope="col" className="text-right max-md:hidden">
              Context
            </th>
            <th scope="col" className="max-lg:hidden">
              Can
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((offer) => (
            <OfferRow
              key={offer.upstreamModel}
              offer={offer}
              isChosen={chosen.has(offer.upstreamModel)}
              onChoose={(isChosen) => set([offer.upstreamModel], isChosen)}
            />
          ))}
        </tbody>
      </table>
      {shown.length < offers.length ? (
        <div className="border-t px-4 py-3 text-center sm:px-5">
          <Button variant="quiet" onClick={() => setIsWhole(true)}>
            Show all {offers.length}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function OfferRow({
  offer,
  isChosen,
  onChoose,
}: {
  offer: ModelOffer
  isChosen: boolean
  onChoose: (isChosen: boolean) => void
}) {
  const { isConnected } = offer
  return (
    <tr className="relative border-b last:border-b-0 has-enabled:hover:bg-hover [&>td]:py-2 [&>td]:pr-4">
      <td className="w-10 pl-4 sm:pl-5">
        <input
          type="checkbox"
          aria-label={offer.model}
          checked={isConnected || isChosen}
          disabled={isConnected}
          onChange={(event) => onChoose(event.target.checked)}
          // The whole row is its target.
          className="size-4 align-middle accent-accent after:absolute after:inset-0 after:cursor-pointer disabled:after:cursor-default"
        />
      </td>
      <td className="w-full max-w-0">
        <span className="flex items-baseline gap-2">
          <span className="truncate font-medium" title={offer.model}>
            {entityLabel('model', offer.model)}
          </span>
          {isConnected ? <span className="shrink-0 text-xs text-muted">Connected</span> : null}
        </span>
        <span className="block truncate text-xs text-muted" title={offer.upstreamModel}>
          {authorOfModel(offer.model)} · called <span className="font-mono">{offer.upstreamModel}</span>
        </span>
      </td>
      <td className="text-right whitespace-nowrap tabular-nums">{formatUsd(offer.promptUsdPerMTok)}</td>
      <td className="text-right whitespace-nowrap tabular-nums">{formatUsd(offer.completionUsdPerMTok)}</td>
      <td className="text-right whitespace-nowrap tabular-nums max-md:hidden">
        {offer.contextLength === null ? UNKNOWN : formatCompact(offer.contextLength)}
      </td>
      <td className="text-xs whitespace-nowrap text-muted max-lg:hidden">{abilitiesOf(offer)}</td>
    </tr>
  )
}

/** What is known that it can do beyond text, in a few words. */
function abilitiesOf(offer: ModelOffer): string {
  const inputs = offer.inputModalities.filter((one) => one !== 'text')
  const outputs = offer.outputModalities.filter((one) => one !== 'text')
  const words = [
    ...(inputs.length > 0 ? [`read ${inputs.join(', ')}`] : []),
    ...(outputs.length > 0 ? [`make ${outputs.join(', ')}`] : []),
    ...(offer.supportsReasoning ? ['reason'] : []),
    ...(offer.supportsTools ? ['use tools'] : []),
  ]
  return words.length === 0 ? UNKNOWN : words.join(' · ')
}

import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Swatch } from '@/components/charts/swatch'
import { Definition } from '@/components/definitions/definition'
import type { DefinitionName } from '@/components/definitions/definitions'
import { logsPath } from '@/components/logs/logs-path'
import { type WindowChoice, windowSearchParams } from '@/components/time-window/window-choice'
import type { AnatomyAnswer } from '@/lib/analytics/agents/anatomy/schema'
import { PART_COLORS, TURN_PARTS } from '@/lib/charts/part-colors'
import type { PreparedAnatomy } from '@/lib/charts/prepare-anatomy'
import { formatPercent, UNKNOWN } from '@/lib/platform/format'
import { formatAverageTokens } from './format-average-tokens'
import { formatFactor } from './format-factor'
import { PARTS } from './turn-parts'

/** The bars in numbers: tokens of each part for an agent and a person, and how many times the one is the other. */
export function AnatomyTable({
  answer,
  agentic,
  human,
  choice,
}: {
  answer: AnatomyAnswer
  agentic: PreparedAnatomy
  human: PreparedAnatomy
  choice: WindowChoice
}) {
  const window = windowSearchParams(choice)
  return (
    <table className="w-full table-fixed text-sm tabular-nums">
      <caption className="sr-only">Tokens of an average request by part</caption>
      <thead className="text-xs text-muted [&_th]:h-9 [&_th]:border-t [&_th]:font-medium">
        <tr>
          <th scope="col" className="pl-4 text-left sm:pl-5">
            Part
          </th>
          <HeaderCell href={logsPath({ callerKind: 'agentic', ...window })}>Agentic</HeaderCell>
          <HeaderCell href={logsPath({ callerKind: 'human', ...window })}>Human</HeaderCell>
          <th scope="col" className="w-16 pr-4 text-right sm:w-32 sm:pr-5">
            Factor
          </th>
        </tr>
      </thead>
      <tbody className="[&_td]:h-9 [&_th]:h-9 [&_tr]:border-t [&_tr]:transition-colors [&_tr:hover]:bg-sunken">
        {TURN_PARTS.map((part, index) => (
          <Row
            key={part}
            label={PARTS[part].label}
            definition={PARTS[part].definition}
            swatch={<Swatch color={PART_COLORS[part]} />}
            agentic={<Tokens {...agentic.parts[index]} />}
            human={<Tokens {...human.parts[index]} />}
            factor={formatFactor(agentic.parts[index]?.tokens ?? null, human.parts[index]?.tokens ?? null)}
          />
        ))}
        <Row
          label="Cached prompt"
          definition="cachedShare"
          agentic={formatPercent(answer.agentic.cachedShare)}
          human={formatPercent(answer.human.cachedShare)}
          factor=""
        />
        <Row
          label="Tokens a request"
          definition="agenticFactor"
          isTotal
          agentic={formatTokens(answer.agentic.averageTokens)}
          human={formatTokens(answer.human.averageTokens)}
          factor={formatFactor(answer.agentic.averageTokens, answer.human.averageTokens)}
        />
      </tbody>
    </table>
  )
}

function HeaderCell({ href, children }: { href: `/${string}`; children: string }) {
  return (
    <th scope="col" className="w-16 text-right sm:w-44">
      <Link href={href} prefetch={false} className="hover:text-foreground hover:underline">
        {children}
      </Link>
    </th>
  )
}

function Row({
  label,
  definition,
  swatch,
  agentic,
  human,
  factor,
  isTotal = false,
}: {
  label: string
  definition: DefinitionName
  swatch?: ReactNode
  agentic: ReactNode
  human: ReactNode
  factor: string
  isTotal?: boolean
}) {
  return (
    <tr className={isTotal ? 'font-medium' : undefined}>
      <th scope="row" className={clsx('pl-4 text-left sm:pl-5', isTotal ? 'font-medium' : 'font-normal')}>
        <span className="flex min-w-0 items-center gap-2">
          {swatch ?? <span className="size-2 shrink-0" />}
          <span className="truncate">{label}</span>
          <Definition of={definition} />
        </span>
      </th>
      <td className="text-right">{agentic}</td>
      <td className="text-right">{human}</td>
      <td className="pr-4 text-right text-muted sm:pr-5">{factor}</td>
    </tr>
  )
}

function Tokens({ tokens = null, share = null }: { tokens?: number | null; share?: number | null }) {
  return (
    <>
      {formatTokens(tokens)}
      <span className="ml-2 inline-block w-12 text-xs text-muted max-sm:hidden">
        {share === null ? '' : formatPercent(share)}
      </span>
    </>
  )
}

function formatTokens(tokens: number | null): string {
  return tokens === null ? UNKNOWN : formatAverageTokens(tokens)
}

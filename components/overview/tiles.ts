import type { DefinitionName } from '@/components/definitions/definitions'
import {
  compactParts,
  type FigureParts,
  formatChange,
  formatExact,
  formatPercent,
  formatPoints,
  formatUsd,
  usdParts,
} from '@/lib/platform/format'

export const TILE_NAMES = [
  'requests',
  'totalTokens',
  'costUsd',
  'successRate',
  'agenticShare',
  'finishedByToolCallShare',
] as const
export type TileName = (typeof TILE_NAMES)[number]

export type Tile = {
  name: TileName
  label: string
  definition: DefinitionName
  parts: (value: number) => FigureParts
  /** Every digit, shown on hover. */
  exact: (value: number) => string
  change: (change: number | null) => string
  /** Whether more is better; only then is a change coloured. */
  isMoreBetter: boolean
  /** What stands below the number: its course over time, the part of a whole that failed, or the steps of a funnel. */
  foot: 'trend' | 'meter' | 'funnel'
  /** The page that tells more; it takes the window along. */
  href: `/${string}`
}

export const TILES: readonly Tile[] = [
  {
    name: 'requests',
    label: 'Requests',
    definition: 'requests',
    parts: compactParts,
    exact: formatExact,
    change: formatChange,
    isMoreBetter: false,
    foot: 'trend',
    href: '/logs',
  },
  {
    name: 'totalTokens',
    label: 'Tokens',
    definition: 'totalTokens',
    parts: compactParts,
    exact: formatExact,
    change: formatChange,
    isMoreBetter: false,
    foot: 'trend',
    href: '/rankings',
  },
  {
    name: 'costUsd',
    label: 'Spend',
    definition: 'spend',
    parts: usdParts,
    exact: formatUsd,
    change: formatChange,
    isMoreBetter: false,
    foot: 'trend',
    href: '/use-cases',
  },
  {
    name: 'successRate',
    label: 'Success rate',
    definition: 'successRate',
    parts: percentParts,
    exact: formatPercent,
    change: formatPoints,
    isMoreBetter: true,
    foot: 'meter',
    href: '/providers',
  },
  {
    name: 'agenticShare',
    label: 'Agentic share',
    definition: 'agenticShare',
    parts: percentParts,
    exact: formatPercent,
    change: formatPoints,
    isMoreBetter: false,
    foot: 'trend',
    href: '/agents',
  },
  {
    name: 'finishedByToolCallShare',
    label: 'Ended by tool call',
    definition: 'toolFunnel',
    parts: percentParts,
    exact: formatPercent,
    change: formatPoints,
    isMoreBetter: false,
    foot: 'funnel',
    href: '/tools',
  },
]

/** Two decimals near 100 %, where the second one is the news. */
function percentParts(share: number): FigureParts {
  const percent = share * 100
  const figure = percent >= 95 && percent < 100 ? floorTo(percent, 2) : percent.toFixed(1)
  return { figure, suffix: '%' }
}

/** Rounded down: 99.996 % is not 100 %. */
function floorTo(value: number, decimals: number): string {
  const factor = 10 ** decimals
  return (Math.floor(value * factor + 1e-9) / factor).toFixed(decimals)
}

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

export const TILE_NAMES = ['requests', 'totalTokens', 'costUsd', 'successRate', 'agenticShare'] as const
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
  /** Drawn as a filled track instead of a course over time. */
  isPartOfWhole: boolean
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
    isPartOfWhole: false,
  },
  {
    name: 'totalTokens',
    label: 'Tokens',
    definition: 'totalTokens',
    parts: compactParts,
    exact: formatExact,
    change: formatChange,
    isMoreBetter: false,
    isPartOfWhole: false,
  },
  {
    name: 'costUsd',
    label: 'Spend',
    definition: 'spend',
    parts: usdParts,
    exact: formatUsd,
    change: formatChange,
    isMoreBetter: false,
    isPartOfWhole: false,
  },
  {
    name: 'successRate',
    label: 'Success rate',
    definition: 'successRate',
    parts: percentParts,
    exact: formatPercent,
    change: formatPoints,
    isMoreBetter: true,
    isPartOfWhole: true,
  },
  {
    name: 'agenticShare',
    label: 'Agentic share',
    definition: 'agenticShare',
    parts: percentParts,
    exact: formatPercent,
    change: formatPoints,
    isMoreBetter: false,
    isPartOfWhole: false,
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

import { PART_COLORS } from '@/lib/charts/part-colors'
import type { PreparedAnatomy } from '@/lib/charts/prepare-anatomy'
import { formatCompact, formatPercent } from '@/lib/platform/format'
import { formatAverageTokens } from './format-average-tokens'
import { PARTS } from './turn-parts'

type Piece = { key: string; label: string; tokens: number; color: string }

/** An average turn as a bar, on the scale of the longest one; the strip below it is the cached part of its prompt. */
export function AnatomyBar({
  name,
  anatomy,
  cachedShare,
  longest,
}: {
  name: string
  anatomy: PreparedAnatomy
  cachedShare: number | null
  longest: number
}) {
  const pieces = piecesOf(anatomy)
  const width = longest > 0 ? (anatomy.tokens / longest) * 100 : 0
  const cachedWidth =
    anatomy.tokens > 0 ? ((cachedShare ?? 0) * anatomy.promptTokens * 100) / anatomy.tokens : 0
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
        <span className="font-medium">{name}</span>
        <span className="text-muted tabular-nums">
          {anatomy.tokens > 0 ? `${formatCompact(Math.round(anatomy.tokens))} tokens` : 'no requests'}
        </span>
      </div>
      <div role="img" aria-label={`${name}: ${wordsOf(pieces, cachedShare)}`} style={{ width: `${width}%` }}>
        <div className="flex h-9 gap-px overflow-hidden rounded-md">
          {pieces.map((piece) => (
            <span
              key={piece.key}
              title={`${piece.label}: ${formatAverageTokens(piece.tokens)} tokens`}
              className="h-full min-w-0"
              style={{ flexGrow: piece.tokens, flexBasis: 0, background: piece.color }}
            />
          ))}
        </div>
        <div className="mt-1 h-1 rounded-full bg-foreground/60" style={{ width: `${cachedWidth}%` }} />
      </div>
      <div className="mt-1 text-xs text-muted tabular-nums">
        {cachedShare === null
          ? 'cached part not known'
          : `${formatPercent(cachedShare)} of the prompt cached`}
      </div>
    </div>
  )
}

function piecesOf({ parts, unknownPromptTokens }: PreparedAnatomy): Piece[] {
  const known = parts.flatMap(({ part, tokens }) =>
    tokens === null || tokens <= 0
      ? []
      : [{ key: part, label: PARTS[part].label, tokens, color: PART_COLORS[part] }],
  )
  if (unknownPromptTokens === null || unknownPromptTokens <= 0) return known
  const whole = { key: 'prompt', label: 'Prompt, parts not known', color: 'var(--chart-unknown)' }
  return [{ ...whole, tokens: unknownPromptTokens }, ...known]
}

function wordsOf(pieces: readonly Piece[], cachedShare: number | null): string {
  if (pieces.length === 0) return 'no requests'
  const parts = pieces.map(({ label, tokens }) => `${label} ${formatAverageTokens(tokens)}`).join(', ')
  return cachedShare === null
    ? `${parts} tokens`
    : `${parts} tokens, ${formatPercent(cachedShare)} of the prompt cached`
}

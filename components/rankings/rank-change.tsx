/** ▲2, ▼1 or new: against the preceding equal window. Nothing where the rank stayed. */
export function RankChange({ rank, previousRank }: { rank: number; previousRank: number | null }) {
  if (previousRank === null) return <span className="text-2xs text-accent">new</span>
  const places = previousRank - rank
  if (places === 0) return null
  const isUp = places > 0
  return (
    <span className={isUp ? 'text-2xs text-positive' : 'text-2xs text-negative'}>
      <span aria-hidden="true" className="text-[0.5rem]">
        {isUp ? '▲' : '▼'}
      </span>
      <span className="sr-only">{isUp ? 'up ' : 'down '}</span>
      {Math.abs(places)}
    </span>
  )
}

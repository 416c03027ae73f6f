/** Every plot and its skeleton are this high, so that nothing below moves. */
export const PLOT_HEIGHT = 'h-56 sm:h-72'

/** Height of a plot with its legend, for what stands in their place. */
export const CHART_HEIGHT = 'h-66 sm:h-82'

const COLUMN_HEIGHTS = [
  38, 52, 46, 60, 72, 58, 44, 50, 64, 70, 82, 74, 60, 56, 68, 78, 88, 80, 66, 62, 74, 84, 92, 70,
]

export function PlotSkeleton() {
  return (
    <div aria-hidden="true" className="flex h-full items-end gap-[3px] pb-7 pl-12">
      {COLUMN_HEIGHTS.map((height, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are the same for ever
        <span key={index} className="skeleton flex-1" style={{ height: `${height}%` }} />
      ))}
    </div>
  )
}

export function ChartSkeleton() {
  return (
    <div>
      <div className={PLOT_HEIGHT}>
        <PlotSkeleton />
      </div>
      <div className="mt-3 flex min-h-7 flex-wrap items-center gap-3">
        {[72, 96, 64, 88, 80].map((width) => (
          <span key={width} className="skeleton h-3" style={{ width }} />
        ))}
      </div>
    </div>
  )
}

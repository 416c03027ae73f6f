import clsx from 'clsx'

/** The colour of an entity, as in the chart. */
export function Swatch({ color, className }: { color: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('inline-block size-2 shrink-0 rounded-[3px]', className)}
      style={{ background: color }}
    />
  )
}

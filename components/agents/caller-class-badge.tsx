import { Swatch } from '@/components/charts/swatch'
import type { CallerClass } from '@/lib/records/caller-class'

/** How the page speaks about classes; a mixed caller is half of each colour. */
export const CLASS_LOOKS = {
  agentic: { label: 'Agentic', color: 'var(--chart-agentic)' },
  mixed: {
    label: 'Mixed',
    color: 'linear-gradient(90deg, var(--chart-agentic) 50%, var(--chart-human) 50%)',
  },
  human: { label: 'Human', color: 'var(--chart-human)' },
  unknown: { label: 'Unknown', color: 'var(--chart-unknown)' },
} as const satisfies Record<CallerClass, { label: string; color: string }>

/** The class of a caller, and whether somebody said so. */
export function CallerClassBadge({
  callerClass,
  isDeclared,
}: {
  callerClass: CallerClass
  isDeclared: boolean
}) {
  const { label, color } = CLASS_LOOKS[callerClass]
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      <Swatch color={color} />
      <span>
        {label}
        {isDeclared ? <span className="block text-2xs text-muted">declared</span> : null}
      </span>
    </span>
  )
}

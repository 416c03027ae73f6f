import type { PresetStatus } from '@/lib/presets/schema'

const LOOKS = {
  active: { label: 'Active', className: 'text-positive' },
  disabled: { label: 'Off', className: 'text-warning' },
  archived: { label: 'Archived', className: 'text-muted' },
} as const satisfies Record<PresetStatus, { label: string; className: string }>

export function PresetStatusBadge({ status }: { status: PresetStatus }) {
  const { label, className } = LOOKS[status]
  return (
    <span className={`inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap ${className}`}>
      <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />
      {label}
    </span>
  )
}

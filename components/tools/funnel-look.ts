/** The steps of the funnel as words and colours, the same in figures, bars, lines and tables. */
export const FUNNEL_LOOK = {
  offered: { label: 'Offered tools', color: 'var(--chart-2)' },
  used: { label: 'Used a tool', color: 'var(--chart-3)' },
  finished: { label: 'Finished by tool call', color: 'var(--chart-1)' },
} as const

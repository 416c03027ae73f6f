import { useEffect } from 'react'
import type { PreparedChart } from '@/lib/charts/prepare-series'

/** Written in effects only, so it stays empty on the server and belongs to one reader. */
const memory = new Map<string, Map<string, string>>()

/** Colours the entities of a subject were drawn with on any page of this visit. */
export function rememberedColors(subject: string): ReadonlyMap<string, string> {
  return memory.get(subject) ?? new Map()
}

export function useRememberColors(subject: string, chart: PreparedChart | undefined): void {
  useEffect(() => {
    if (chart === undefined) return
    const colors = memory.get(subject) ?? new Map<string, string>()
    for (const series of chart.series) colors.set(series.key, series.color)
    memory.set(subject, colors)
  }, [subject, chart])
}

'use client'

import { FlaskConical } from 'lucide-react'
import type { InstanceAnswer } from '@/lib/access/schema'
import { useInstance } from './use-instance'

/** Made-up data says so on every page, and how much of its history is there yet. */
export function SimulatedBanner({ initialInstance }: { initialInstance: InstanceAnswer }) {
  const { simulated, historyProgress } = useInstance(initialInstance)
  if (!simulated) return null
  return (
    <div
      role="status"
      className="flex min-h-8 flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b bg-warning-soft px-4 py-1 text-xs text-warning"
    >
      <span className="inline-flex items-center gap-1.5">
        <FlaskConical className="size-3.5" aria-hidden="true" />
        <span>
          <strong className="font-semibold">Simulated data.</strong> Models, providers and numbers are
          invented.
        </span>
      </span>
      {historyProgress === null ? null : <HistoryProgress progress={historyProgress} />}
    </div>
  )
}

function HistoryProgress({ progress }: { progress: number }) {
  const percent = Math.floor(Math.min(1, Math.max(0, progress)) * 100)
  return (
    <span className="inline-flex items-center gap-2 tabular-nums">
      <span aria-hidden="true" className="h-1 w-20 overflow-hidden rounded-full bg-warning/20">
        <span
          className="block h-full rounded-full bg-warning transition-[width] duration-1000 ease-linear"
          style={{ width: `${percent}%` }}
        />
      </span>
      History is loading: {percent}%
    </span>
  )
}

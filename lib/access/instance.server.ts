import { processSingleton } from '@/lib/platform/process-singleton'
import type { InstanceAnswer } from './schema'
import { readSettings } from './settings.server'

/** What every page needs to know about this installation before anybody signs in. */
export async function readInstance(): Promise<InstanceAnswer> {
  const { simulated, publicRankings } = await readSettings()
  return { simulated, publicRankings, historyProgress: demoProgress().value }
}

/** Says how much of the demo's history is written, 0–1; null when it is complete. */
export function setDemoProgress(value: number | null): void {
  demoProgress().value = value
}

function demoProgress(): { value: number | null } {
  return processSingleton<{ value: number | null }>('demo-progress', () => ({ value: null }))
}

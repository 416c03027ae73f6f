import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import type { TrialPair } from '@/lib/trials/compare-trials'

/** What was edited between two trials of one preset, and where to read it. */
export function PresetChangeLink({ pair: { before, after } }: { pair: TrialPair }) {
  if (before.preset !== after.preset) return null
  const [from, to] = [before.presetVersion, after.presetVersion]
  return (
    <p className="border-t px-4 py-3 text-sm text-muted sm:px-5">
      {from === to ? (
        <>Both ran on the same version of the preset. </>
      ) : (
        <>
          Between them the preset was edited, from version {from} to {to}.{' '}
        </>
      )}
      <Link
        href={`/presets/${after.preset}`}
        className="inline-flex items-center gap-1 font-medium text-accent underline-offset-2 hover:underline"
      >
        Open the preset
        <ArrowRight className="size-3.5" aria-hidden="true" />
      </Link>
    </p>
  )
}

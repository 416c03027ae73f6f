'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { contentOf } from '@/components/preset-versions/change-words'
import { VersionDiff } from '@/components/preset-versions/version-diff'
import { versionsQueryOptions } from '@/components/presets/presets-query'
import type { TrialPair } from '@/lib/trials/compare-trials'

/** What was edited in the preset between two of its trials; nothing for trials of different presets. */
export function PresetChange({ pair: { before, after } }: { pair: TrialPair }) {
  if (before.preset !== after.preset) return null
  const [from, to] = [before.presetVersion, after.presetVersion]
  const isEdited = from !== null && to !== null && from !== to
  return (
    <section aria-label="What was edited" className="flex flex-col gap-3 border-t px-4 py-3.5 sm:px-5">
      <p className="flex flex-wrap items-center justify-between gap-2 text-sm">
        {isEdited ? (
          <span>
            Between them the preset was edited, from version {from} to {to}:
          </span>
        ) : (
          <span className="text-muted">Both ran on the same version of the preset.</span>
        )}
        <Link
          href={`/presets/${after.preset}`}
          className="inline-flex items-center gap-1 font-medium text-accent underline-offset-2 hover:underline"
        >
          Open the preset
          <ArrowRight className="size-3.5" aria-hidden="true" />
        </Link>
      </p>
      {isEdited ? <Edit slug={after.preset} from={from} to={to} /> : null}
    </section>
  )
}

function Edit({ slug, from, to }: { slug: string; from: number; to: number }) {
  const { data, isError } = useQuery(versionsQueryOptions(slug))
  if (isError) return <p className="text-sm text-muted">The versions of this preset cannot be read.</p>
  if (data === undefined) return <span aria-hidden="true" className="skeleton block h-16" />
  const [before, after] = [from, to].map((number) => data.find(({ version }) => version === number))
  if (!before || !after) {
    return <p className="text-sm text-muted">The preset was deleted and made anew since then.</p>
  }
  return <VersionDiff before={contentOf(before)} after={contentOf(after)} />
}

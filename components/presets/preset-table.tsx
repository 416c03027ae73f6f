'use client'

import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Moment } from '@/components/ui/moment'
import { describeRouting } from '@/lib/presets/describe-routing'
import { modelsOf } from '@/lib/presets/merge-preset'
import type { Preset } from '@/lib/presets/schema'
import { authorWords } from './author-words'
import { PresetStatusBadge } from './preset-status-badge'

export function PresetTable({
  presets,
  menuOf,
}: {
  presets: readonly Preset[]
  menuOf: (preset: Preset) => ReactNode
}) {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Presets, last changed first</caption>
      <thead className="text-left text-xs text-muted max-md:sr-only [&_th]:h-9 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="w-[26%] pl-4 sm:pl-5">
            Preset
          </th>
          <th scope="col" className="w-[22%]">
            Models
          </th>
          <th scope="col">Routing</th>
          <th scope="col" className="w-44">
            Changed
          </th>
          <th scope="col" className="w-20">
            Status
          </th>
          <th scope="col" className="w-14">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {presets.map((preset) => (
          <PresetRow key={preset.id} preset={preset} menu={menuOf(preset)} />
        ))}
      </tbody>
    </table>
  )
}

function PresetRow({ preset, menu }: { preset: Preset; menu: ReactNode }) {
  const { config, version, creator_id: author, created_at: changedAt } = preset.designated_version
  return (
    <tr
      className={clsx(
        'border-b last:border-b-0 max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:border-t max-md:border-b-0 max-md:px-4 max-md:py-3',
        'md:h-15 md:[&>*]:py-2 md:[&>td]:pr-4 [&>*]:align-middle',
        preset.status !== 'active' && 'text-muted',
      )}
    >
      <th scope="row" className="min-w-0 text-left font-normal md:pr-4 md:pl-5">
        <Link
          href={`/presets/${preset.slug}`}
          className="block truncate font-medium text-foreground underline-offset-2 hover:underline"
        >
          {preset.name}
        </Link>
        <span className="block truncate font-mono text-xs text-muted">@preset/{preset.slug}</span>
      </th>
      <td className="min-w-0 max-md:order-3 max-md:col-span-2">
        <Models models={modelsOf(config)} />
      </td>
      <td className="max-md:order-4 max-md:col-span-2">
        <span className="line-clamp-2" title={describeRouting(config)}>
          {describeRouting(config)}
        </span>
      </td>
      <td className="max-md:order-5 max-md:col-span-2 max-md:text-xs">
        <span className="block truncate tabular-nums">
          v{version} · <Moment iso={changedAt} />
        </span>
        <span className="block truncate text-xs text-muted" title={author}>
          {authorWords(author)}
        </span>
      </td>
      <td className={clsx('max-md:order-6 max-md:col-span-2', preset.status === 'active' && 'max-md:hidden')}>
        <PresetStatusBadge status={preset.status} />
      </td>
      <td className="max-md:order-2 md:pr-3! md:text-right">{menu}</td>
    </tr>
  )
}

function Models({ models }: { models: readonly string[] }) {
  const [first, ...others] = models
  if (first === undefined) return <span className="text-muted">as the request says</span>
  return (
    <span className="flex min-w-0 items-baseline gap-1.5" title={models.join('\n')}>
      <span className="truncate">{first}</span>
      {others.length > 0 ? <span className="shrink-0 text-xs text-muted">+{others.length}</span> : null}
    </span>
  )
}

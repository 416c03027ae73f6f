import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { NewPresetPage } from '@/components/preset-editor/new-preset-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'New preset' }

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/presets/new')
  if (viewer.role === 'viewer') notFound()
  const { copy, from } = await searchParams
  return <NewPresetPage copyOf={typeof copy === 'string' ? copy : null} isFromFile={from === 'file'} />
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PresetsPage } from '@/components/presets/presets-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Presets' }

export default async function Page() {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/presets')
  return <PresetsPage canEdit={viewer.role !== 'viewer'} />
}

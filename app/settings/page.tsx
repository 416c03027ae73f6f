import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { SettingsPage } from '@/components/settings/settings-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Settings' }

export default async function Page() {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/settings')
  if (viewer.role !== 'admin') notFound()
  return <SettingsPage />
}

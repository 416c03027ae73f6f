import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LogsPage } from '@/components/logs/logs-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Logs' }

export default async function Page() {
  if ((await currentViewer()) === null) redirect('/sign-in?callbackUrl=/logs')
  return <LogsPage />
}

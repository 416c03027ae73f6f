import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LogsPage } from '@/components/logs/logs-page'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { type PageParameters, signInPath } from '@/lib/access/sign-in-path'

export const metadata: Metadata = { title: 'Logs' }

export default async function Page({ searchParams }: { searchParams: Promise<PageParameters> }) {
  const [viewer, parameters] = await Promise.all([currentViewer(), searchParams])
  if (viewer === null) redirect(signInPath('/logs', parameters))
  return <LogsPage />
}

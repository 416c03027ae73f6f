import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { OverviewPage } from '@/components/overview/overview-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: { absolute: 'Overview · Sightglass' } }

export default async function Page() {
  if ((await currentViewer()) === null) redirect('/rankings')
  return <OverviewPage />
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ToolsPage } from '@/components/tools/tools-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Tools' }

export default async function Page() {
  if ((await currentViewer()) === null) redirect('/sign-in?callbackUrl=/tools')
  return <ToolsPage />
}

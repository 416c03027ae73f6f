import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AgentsPage } from '@/components/agents/agents-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Agents' }

export default async function Page() {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/agents')
  return <AgentsPage canDeclare={viewer.role !== 'viewer'} />
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { TrialsPage } from '@/components/trials/trials-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Trials' }

export default async function Page() {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/trials')
  return <TrialsPage canStart={viewer.role !== 'viewer'} />
}

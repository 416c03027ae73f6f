import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { UseCasesPage } from '@/components/use-cases/use-cases-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Use cases' }

export default async function Page() {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/use-cases')
  return <UseCasesPage canEdit={viewer.role !== 'viewer'} />
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { TrialPage } from '@/components/trials/trial-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Trial' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, viewer] = await Promise.all([params, currentViewer()])
  if (viewer === null) redirect(`/sign-in?callbackUrl=/trials/${encodeURIComponent(id)}`)
  return <TrialPage key={id} id={id} canStart={viewer.role !== 'viewer'} />
}

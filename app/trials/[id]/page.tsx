import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { TrialPage } from '@/components/trials/trial-page'
import { trialTitle } from '@/components/trials/trial-title'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { findTrial } from '@/lib/trials/read-trials.server'
import { trialParams } from '@/lib/trials/schema'

type TrialRoute = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: TrialRoute): Promise<Metadata> {
  const [{ id }, viewer] = await Promise.all([params, currentViewer()])
  const isId = trialParams.safeParse({ id }).success
  const trial = viewer !== null && isId ? await findTrial(id) : null
  return { title: trial === null ? 'Trial' : trialTitle(trial) }
}

export default async function Page({ params }: TrialRoute) {
  const [{ id }, viewer] = await Promise.all([params, currentViewer()])
  if (viewer === null) redirect(`/sign-in?callbackUrl=/trials/${encodeURIComponent(id)}`)
  return <TrialPage key={id} id={id} canStart={viewer.role !== 'viewer'} />
}

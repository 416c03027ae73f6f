import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { RankingsPage } from '@/components/rankings/rankings-page'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { readInstance } from '@/lib/access/instance.server'
import { type PageParameters, signInPath } from '@/lib/access/sign-in-path'

export const metadata: Metadata = {
  title: 'Rankings',
  description: 'Models, authors, providers and apps ranked by the tokens that went through this gateway.',
}

export default async function Page({ searchParams }: { searchParams: Promise<PageParameters> }) {
  const [viewer, instance, parameters] = await Promise.all([currentViewer(), readInstance(), searchParams])
  if (viewer === null && !instance.publicRankings) {
    redirect(signInPath('/rankings', parameters))
  }
  return <RankingsPage />
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { RankingsPage } from '@/components/rankings/rankings-page'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { readInstance } from '@/lib/access/instance.server'

export const metadata: Metadata = {
  title: 'Rankings',
  description: 'Models, authors, providers and apps ranked by the tokens that went through this gateway.',
}

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const [viewer, instance, parameters] = await Promise.all([currentViewer(), readInstance(), searchParams])
  if (viewer === null && !instance.publicRankings) {
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(`/rankings${toSearch(parameters)}`)}`)
  }
  return <RankingsPage />
}

function toSearch(parameters: Record<string, string | string[] | undefined>): string {
  const entries = Object.entries(parameters).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`
}

import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ConnectProviderPage } from '@/components/provider-connections/connect-provider-page'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { providerParams } from '@/lib/catalog/schema'

export const metadata: Metadata = { title: 'Connect a provider' }

export default async function Page({ searchParams }: { searchParams: Promise<unknown> }) {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/settings/connect')
  if (viewer.role !== 'admin') notFound()
  const parsed = providerParams.safeParse(await searchParams)
  return <ConnectProviderPage slug={parsed.data?.slug ?? null} />
}

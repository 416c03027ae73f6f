import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ProviderConnectionPage } from '@/components/provider-connections/provider-connection-page'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { providerParams } from '@/lib/catalog/schema'

export const metadata: Metadata = { title: 'Provider' }

export default async function Page({ params }: { params: Promise<unknown> }) {
  const parsed = providerParams.safeParse(await params)
  if (!parsed.success) notFound()
  const viewer = await currentViewer()
  if (viewer === null) redirect(`/sign-in?callbackUrl=/settings/providers/${parsed.data.slug}`)
  if (viewer.role !== 'admin') notFound()
  return <ProviderConnectionPage slug={parsed.data.slug} />
}

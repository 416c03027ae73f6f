import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ProviderPage } from '@/components/provider/provider-page'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { providerParams } from '@/lib/analytics/providers/schema'

export const metadata: Metadata = { title: 'Provider' }

export default async function Page({ params }: { params: Promise<unknown> }) {
  const parsed = providerParams.safeParse(await params)
  if (!parsed.success) notFound()
  const slug = decodeURIComponent(parsed.data.slug)
  const viewer = await currentViewer()
  if (viewer === null) {
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(`/providers/${encodeURIComponent(slug)}`)}`)
  }
  return <ProviderPage key={slug} slug={slug} isAdmin={viewer.role === 'admin'} />
}

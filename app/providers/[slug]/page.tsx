import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ProviderPage } from '@/components/provider/provider-page'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { providerParams } from '@/lib/analytics/providers/schema'

type ProviderPath = { params: Promise<unknown> }

export async function generateMetadata({ params }: ProviderPath): Promise<Metadata> {
  return { title: slugOf(await params) ?? 'Provider' }
}

export default async function Page({ params }: ProviderPath) {
  const slug = slugOf(await params)
  if (slug === null) notFound()
  const viewer = await currentViewer()
  if (viewer === null) {
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(`/providers/${encodeURIComponent(slug)}`)}`)
  }
  return <ProviderPage key={slug} slug={slug} isAdmin={viewer.role === 'admin'} />
}

function slugOf(params: unknown): string | null {
  const parsed = providerParams.safeParse(params)
  return parsed.success ? decodeURIComponent(parsed.data.slug) : null
}

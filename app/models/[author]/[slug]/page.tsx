import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ModelPage } from '@/components/models/model-page'
import { entityPath } from '@/components/usage/entity-path'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { modelParams } from '@/lib/catalog/schema'

export const metadata: Metadata = { title: 'Model' }

export default async function Page({ params }: { params: Promise<unknown> }) {
  const parsed = modelParams.safeParse(await params)
  if (!parsed.success) notFound()
  const model = `${decodeURIComponent(parsed.data.author)}/${decodeURIComponent(parsed.data.slug)}`
  const viewer = await currentViewer()
  if (viewer === null) {
    const path = entityPath({ by: 'model', key: model }) ?? '/models'
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
  }
  return <ModelPage key={model} model={model} canEdit={viewer.role !== 'viewer'} />
}

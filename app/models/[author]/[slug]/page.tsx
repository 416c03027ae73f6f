import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ModelPage } from '@/components/models/model-page'
import { entityPath } from '@/components/usage/entity-path'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { modelParams } from '@/lib/catalog/schema'

type ModelPath = { params: Promise<unknown> }

export async function generateMetadata({ params }: ModelPath): Promise<Metadata> {
  return { title: modelOf(await params) ?? 'Model' }
}

export default async function Page({ params }: ModelPath) {
  const model = modelOf(await params)
  if (model === null) notFound()
  const viewer = await currentViewer()
  if (viewer === null) {
    const path = entityPath({ by: 'model', key: model }) ?? '/models'
    redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
  }
  return <ModelPage key={model} model={model} canEdit={viewer.role !== 'viewer'} />
}

function modelOf(params: unknown): string | null {
  const parsed = modelParams.safeParse(params)
  return parsed.success
    ? `${decodeURIComponent(parsed.data.author)}/${decodeURIComponent(parsed.data.slug)}`
    : null
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PresetPage } from '@/components/preset-editor/preset-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

type PresetPath = { params: Promise<{ slug: string }> }

export async function generateMetadata({ params }: PresetPath): Promise<Metadata> {
  return { title: (await params).slug }
}

export default async function Page({ params }: PresetPath) {
  const [{ slug }, viewer] = await Promise.all([params, currentViewer()])
  if (viewer === null) redirect(`/sign-in?callbackUrl=/presets/${encodeURIComponent(slug)}`)
  return <PresetPage key={slug} slug={slug} canEdit={viewer.role !== 'viewer'} />
}

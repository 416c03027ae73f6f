import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ModelsPage } from '@/components/models/models-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Models' }

export default async function Page() {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/models')
  return <ModelsPage />
}

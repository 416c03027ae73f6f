import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProvidersPage } from '@/components/providers/providers-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Providers' }

export default async function Page() {
  if ((await currentViewer()) === null) redirect('/sign-in?callbackUrl=/providers')
  return <ProvidersPage />
}

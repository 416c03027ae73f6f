import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { RequestPage } from '@/components/logs/request-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Request' }

export default async function Page({ params }: { params: Promise<{ ref: string }> }) {
  const [{ ref }, viewer] = await Promise.all([params, currentViewer()])
  if (viewer === null) redirect(`/sign-in?callbackUrl=/logs/${encodeURIComponent(ref)}`)
  return <RequestPage key={ref} reference={ref} />
}

import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { RequestPage } from '@/components/logs/request-page'
import { requestTitle } from '@/components/logs/request-title'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { type PageParameters, signInPath } from '@/lib/access/sign-in-path'
import { readRequestModel } from '@/lib/analytics/logs/read-request-model.server'

type RequestRoute = { params: Promise<{ ref: string }>; searchParams: Promise<PageParameters> }

export async function generateMetadata({ params }: RequestRoute): Promise<Metadata> {
  const [{ ref }, viewer] = await Promise.all([params, currentViewer()])
  const model = viewer === null ? null : await readRequestModel(ref)
  return { title: model === null ? 'Request' : requestTitle({ model, ref }) }
}

export default async function Page({ params, searchParams }: RequestRoute) {
  const [{ ref }, parameters, viewer] = await Promise.all([params, searchParams, currentViewer()])
  if (viewer === null) redirect(signInPath(`/logs/${encodeURIComponent(ref)}`, parameters))
  return <RequestPage key={ref} reference={ref} />
}

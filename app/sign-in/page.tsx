import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInPage } from '@/components/sign-in/sign-in-page'
import { currentViewer } from '@/lib/access/current-viewer.server'
import { readInstance } from '@/lib/access/instance.server'

export const metadata: Metadata = { title: 'Sign in' }

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const [viewer, instance, { callbackUrl, error }] = await Promise.all([
    currentViewer(),
    readInstance(),
    searchParams,
  ])
  if (viewer !== null) redirect('/')
  return (
    <SignInPage
      callbackUrl={typeof callbackUrl === 'string' ? callbackUrl : null}
      errorCode={typeof error === 'string' ? error : null}
      hasPublicRankings={instance.publicRankings}
    />
  )
}

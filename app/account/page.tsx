import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AccountPage } from '@/components/account/account-page'
import { currentViewer } from '@/lib/access/current-viewer.server'

export const metadata: Metadata = { title: 'Your account' }

export default async function Page() {
  const viewer = await currentViewer()
  if (viewer === null) redirect('/sign-in?callbackUrl=/account')
  return <AccountPage viewer={viewer} />
}

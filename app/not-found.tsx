import Link from 'next/link'
import { MessagePage } from '@/components/shell/message-page'
import { buttonClass } from '@/components/ui/button'

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing at this address"
      actions={
        <Link href="/rankings" className={buttonClass({ variant: 'primary' })}>
          Go to Rankings
        </Link>
      }
    >
      The page may have moved, or it is not open to your account.
    </MessagePage>
  )
}

'use client'

import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <MessagePage
      title="This page could not be shown"
      actions={
        <Button variant="primary" onClick={() => retry()}>
          Try again
        </Button>
      }
    >
      Something went wrong on our side{digest ? `; the server log has it under ${digest}` : ''}.
    </MessagePage>
  )
}

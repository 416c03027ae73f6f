'use client'

import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'
import './globals.css'

/** Stands in for the whole document when even the frame around the pages fails, as when the database is away. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Sightglass cannot be shown</title>
      </head>
      <body className="flex min-h-dvh flex-col font-sans">
        <main className="flex flex-1 flex-col">
          <MessagePage
            title="Sightglass cannot be shown right now"
            actions={
              <Button variant="primary" onClick={() => retry()}>
                Try again
              </Button>
            }
          >
            The server is running, but something it needs is not answering. Its log says what.
          </MessagePage>
        </main>
      </body>
    </html>
  )
}

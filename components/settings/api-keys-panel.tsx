'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { QueryBody } from '@/components/api/query-body'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import type { ApiKey } from '@/lib/access/schema'
import { ApiKeyTable } from './api-key-table'
import { apiKeysQueryOptions } from './api-keys-query'
import { CreateKeyDialog } from './create-key-dialog'
import { RevokeKeyDialog } from './revoke-key-dialog'

export function ApiKeysPanel() {
  const query = useQuery(apiKeysQueryOptions())
  const [isCreating, setIsCreating] = useState(false)
  const [toRevoke, setToRevoke] = useState<ApiKey | null>(null)
  return (
    <Panel
      title="API keys"
      note="Programs use them to send records, to call the gateway, and to read these numbers."
      actions={
        <Button variant="primary" onClick={() => setIsCreating(true)}>
          <Plus aria-hidden="true" />
          Create a key
        </Button>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton rows={3} hasMark={false} />}>
        {({ keys }) =>
          keys.length === 0 ? (
            <div className="border-t">
              <EmptyState title="No keys yet">
                A key lets a gateway or an importer send records here.
              </EmptyState>
            </div>
          ) : (
            <ApiKeyTable keys={keys} onRevoke={setToRevoke} />
          )
        }
      </QueryBody>
      <CreateKeyDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
      <RevokeKeyDialog apiKey={toRevoke} onClose={() => setToRevoke(null)} />
    </Panel>
  )
}

'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { CallerRow } from '@/lib/analytics/agents/callers/schema'
import type { CallerSubject } from '@/lib/analytics/agents/callers/subjects'
import type { CallerKindAnswer, PutCallerKindBody } from '@/lib/callers/schema'
import { AGENTS_KEY } from './agents-query'

export type Declaration = { row: CallerRow; callerKind: PutCallerKindBody['callerKind'] }

/** Says who drives an app or API key; every answer about agents is read anew afterwards. */
export function useDeclareCallerKind(by: CallerSubject) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ row, callerKind }: Declaration) =>
      fetchJson<CallerKindAnswer>({
        url: '/api/v1/caller-kinds',
        method: 'PUT',
        body: { ...(by === 'app' ? { app: row.key } : { keyId: row.id }), callerKind },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: AGENTS_KEY }),
  })
}

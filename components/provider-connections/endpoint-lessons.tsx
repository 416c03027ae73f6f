'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorMessage } from '@/components/api/error-note'
import { Button } from '@/components/ui/button'
import { Moment } from '@/components/ui/moment'
import type { Endpoint } from '@/lib/catalog/schema'
import { forgetLessons } from './endpoints-query'

/** How requests are changed for an endpoint since it refused something, a row below its own; null = not at all. */
export function EndpointLessons({ endpoint, name }: { endpoint: Endpoint; name: string }) {
  const client = useQueryClient()
  const forget = useMutation({
    mutationFn: forgetLessons,
    onSuccess: () => client.invalidateQueries({ queryKey: ['endpoints'] }),
  })
  const { lessons, model, provider } = endpoint
  if (lessons.length === 0) return null
  return (
    <tr className="border-b bg-sunken text-xs text-muted last:border-b-0 max-xl:block">
      <td colSpan={10} className="px-4 py-2 max-xl:block sm:px-5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium text-foreground">Learned from its refusals</span>
          <ul aria-label={`What ${name} taught by refusing`} className="flex flex-wrap gap-x-3 gap-y-1">
            {lessons.map(({ text, said, learnedAt }) => (
              <li key={text} title={said}>
                {text}, <Moment iso={learnedAt} />
              </li>
            ))}
          </ul>
          <Button
            variant="quiet"
            size="small"
            className="ml-auto"
            disabled={forget.isPending}
            onClick={() => forget.mutate({ model, provider })}
            aria-label={`Forget what ${name} taught`}
          >
            Forget
          </Button>
          <span role="status" className="text-negative empty:hidden">
            {forget.isError ? `Not forgotten. ${errorMessage(forget.error)}` : null}
          </span>
        </div>
      </td>
    </tr>
  )
}

import { EmptyState } from '@/components/ui/empty-state'
import { Panel } from '@/components/ui/panel'
import { Monogram } from '@/components/usage/monogram'
import { formatExact, formatPercent } from '@/lib/platform/format'
import type { Trial } from '@/lib/trials/schema'
import { NO_PROVIDER } from '@/lib/trials/summarize-calls'
import { errorTone } from './error-count'

/** Who answered, and how often each got it wrong. */
export function ProvidersPanel({ trial: { summary } }: { trial: Trial }) {
  return (
    <Panel title="Provider serving">
      {summary.byProvider.length === 0 ? (
        <div className="flex-1 border-t">
          <EmptyState title="Nobody answered yet" />
        </div>
      ) : (
        <table className="w-full text-sm">
          <caption className="sr-only">Calls and errors by provider</caption>
          <thead className="text-right text-xs text-muted [&_th]:h-8 [&_th]:font-medium">
            <tr className="border-y">
              <th scope="col" className="pl-4 text-left sm:pl-5">
                Provider
              </th>
              <th scope="col">Calls</th>
              <th scope="col" className="max-sm:hidden">
                Share
              </th>
              <th scope="col" className="pr-4 sm:pr-5">
                Errors
              </th>
            </tr>
          </thead>
          <tbody>
            {summary.byProvider.map(({ provider, calls, errors }) => (
              <tr key={provider} className="h-11 border-b text-right tabular-nums last:border-b-0">
                <th scope="row" className="pl-4 text-left font-medium sm:pl-5">
                  <span className="flex items-center gap-2.5">
                    <Monogram name={provider === NO_PROVIDER ? '–' : provider} />
                    {provider === NO_PROVIDER ? (
                      <span className="font-normal text-muted">none answered</span>
                    ) : (
                      provider
                    )}
                  </span>
                </th>
                <td>{formatExact(calls)}</td>
                <td className="text-muted max-sm:hidden">{formatPercent(calls / summary.made)}</td>
                <td className="pr-4 sm:pr-5">
                  <span className={errorTone({ errors, made: calls })}>{formatExact(errors)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

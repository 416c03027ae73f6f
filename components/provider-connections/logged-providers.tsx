import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { Provider } from '@/lib/catalog/schema'

/** Providers that logs name, or that were disconnected; each is one click from being connected. */
export function LoggedProviders({ providers }: { providers: readonly Provider[] }) {
  return (
    <details className="group border-t">
      <summary className="flex list-none items-center gap-1.5 px-4 py-3 text-sm text-muted hover:text-foreground sm:px-5 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 transition-transform group-open:rotate-90 motion-reduce:transition-none"
          aria-hidden="true"
        />
        <span>
          <span className="tabular-nums">{providers.length}</span> more known from logs, not connected
        </span>
      </summary>
      <div className="px-4 pb-4 sm:px-5">
        <p className="mb-2.5 max-w-prose text-sm text-muted">
          Other gateways sent requests there. Connect one to let this gateway send some too.
        </p>
        <ul className="flex flex-wrap gap-1.5">
          {providers.map(({ slug, name }) => (
            <li key={slug} className="max-w-full">
              <Link
                href={`/settings/connect?${new URLSearchParams({ slug })}`}
                title={`Connect ${name}`}
                className="block truncate rounded-md border bg-sunken px-2 py-0.5 text-sm hover:bg-hover"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}

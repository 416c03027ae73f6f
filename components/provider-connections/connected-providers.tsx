'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { SearchField } from '@/components/ui/search-field'
import type { Provider } from '@/lib/catalog/schema'
import { ProviderTable } from './provider-table'

/** More would push the rest of Settings off the screen. */
const FEW = 8

/** The connected providers; of many, the first few until somebody asks for more or searches. */
export function ConnectedProviders({ providers }: { providers: readonly Provider[] }) {
  const [search, setSearch] = useState('')
  const [isWhole, setIsWhole] = useState(false)
  if (providers.length <= FEW) return <ProviderTable providers={providers} />
  const wanted = search.trim().toLowerCase()
  const found = providers.filter(({ slug, name, baseUrl }) =>
    [slug, name, baseUrl ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  )
  const shown = isWhole || wanted !== '' ? found : found.slice(0, FEW)
  return (
    <>
      <div className="px-4 pb-3 sm:px-5">
        <SearchField
          label="Search providers"
          placeholder="Name or address"
          value={search}
          onChange={setSearch}
          className="sm:w-64"
        />
      </div>
      {found.length === 0 ? (
        <p className="border-t px-4 py-8 text-center text-sm text-muted sm:px-5">
          No connected provider is called “{search.trim()}”.
        </p>
      ) : (
        <ProviderTable providers={shown} />
      )}
      {shown.length < found.length ? (
        <div className="flex justify-center border-t p-2">
          <Button variant="quiet" onClick={() => setIsWhole(true)}>
            Show all {found.length}
          </Button>
        </div>
      ) : null}
    </>
  )
}

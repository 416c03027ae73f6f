'use client'

import { useQuery } from '@tanstack/react-query'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { LiveMark } from '@/components/live/live-mark'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { useWindowChoice } from '@/components/time-window/use-window-choice'
import { WindowPicker } from '@/components/time-window/window-picker'
import { AvailabilityTiles } from './availability-tiles'
import { ProvidersPanel } from './providers-panel'
import { providersQueryOptions } from './providers-query'
import { useIsWallReady } from './wall/use-is-wall-ready'
import { WallPanel } from './wall/wall-panel'

/** Every provider: what fails now, and how each did over a window. */
export function ProvidersPage() {
  const [choice, setChoice] = useWindowChoice()
  const query = useQuery(providersQueryOptions(choice))
  const isWallReady = useIsWallReady()
  return (
    <PageFrame>
      <PageHeader
        title="Providers"
        actions={
          <div className="flex max-w-full flex-wrap items-center gap-x-4 gap-y-2 max-sm:w-full">
            <LiveMark />
            <WindowPicker choice={choice} onChange={setChoice} />
          </div>
        }
      >
        Which of them fails now, and for what reason.
      </PageHeader>
      <PanelBoundary>
        <AvailabilityTiles query={query} />
      </PanelBoundary>
      <PanelBoundary>
        <WallPanel isReady={isWallReady} />
      </PanelBoundary>
      {isWallReady ? (
        <PanelBoundary>
          <ProvidersPanel choice={choice} query={query} />
        </PanelBoundary>
      ) : null}
    </PageFrame>
  )
}

'use client'

import { lazy, Suspense } from 'react'

const FirstRecordGuide = lazy(() =>
  import('./first-record-guide').then((module) => ({ default: module.FirstRecordGuide })),
)

/** Loaded only where nothing has been logged yet. */
export function FirstRecordPanel() {
  return (
    <div className="min-h-96 rounded-xl border bg-surface">
      <Suspense>
        <FirstRecordGuide />
      </Suspense>
    </div>
  )
}

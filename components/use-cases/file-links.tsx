import { Download } from 'lucide-react'
import type { WindowChoice } from '@/components/time-window/window-choice'
import { buttonClass } from '@/components/ui/button'
import { caseRankingExportUrl } from './use-cases-query'

/** The whole ranking of this window as a file. */
export function FileLinks({ choice }: { choice: WindowChoice }) {
  return (
    <>
      {(['csv', 'json'] as const).map((format) => (
        <a
          key={format}
          href={caseRankingExportUrl(choice, format)}
          download
          aria-label={`Download as ${format.toUpperCase()}`}
          className={buttonClass({ variant: 'quiet', size: 'small' })}
        >
          {format === 'csv' ? <Download aria-hidden="true" className="max-sm:hidden" /> : null}
          {format.toUpperCase()}
        </a>
      ))}
    </>
  )
}

import { Download } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { type RankingsRequest, rankingsExportUrl } from './rankings-query'

/** The whole ranking of this window as a file, whatever rows the filter shows. */
export function ExportLinks({ request }: { request: RankingsRequest }) {
  return (
    <>
      <a
        href={rankingsExportUrl(request, 'csv')}
        download
        aria-label="Download as CSV"
        className={buttonClass({ variant: 'quiet', size: 'small' })}
      >
        <Download aria-hidden="true" className="max-sm:hidden" />
        CSV
      </a>
      <a
        href={rankingsExportUrl(request, 'json')}
        download
        aria-label="Download as JSON"
        className={buttonClass({ variant: 'quiet', size: 'small' })}
      >
        <Download aria-hidden="true" className="max-sm:hidden" />
        JSON
      </a>
    </>
  )
}

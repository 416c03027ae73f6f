import { Download } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { MOST_EXPORTED_ROWS } from '@/lib/analytics/logs/limits'
import { formatExact } from '@/lib/platform/format'
import { type LogsRequest, logsExportUrl } from './logs-query'

const FORMATS = [
  { format: 'csv', label: 'CSV' },
  { format: 'ndjson', label: 'NDJSON' },
] as const

/** The filtered requests as a file, also those that are not on screen, up to a bound that is said. */
export function ExportLinks({ request }: { request: LogsRequest }) {
  const bound = `the first ${formatExact(MOST_EXPORTED_ROWS)} that fit`
  return FORMATS.map(({ format, label }) => (
    <a
      key={format}
      href={logsExportUrl(request, format)}
      download
      aria-label={`Download as ${label}: ${bound}`}
      title={`Download ${bound}`}
      className={buttonClass({ variant: 'quiet', size: 'small' })}
    >
      <Download aria-hidden="true" className="max-sm:hidden" />
      {label}
    </a>
  ))
}

import { FileLinks } from '@/components/api/export-links'
import { MOST_EXPORTED_ROWS } from '@/lib/analytics/logs/limits'
import { formatExact } from '@/lib/platform/format'
import { type LogsRequest, logsExportUrl } from './logs-query'

const FORMATS = ['csv', 'ndjson'] as const

/** The filtered requests as a file, also those that are not on screen, up to a bound that is said. */
export function ExportLinks({ request }: { request: LogsRequest }) {
  const bound = `the first ${formatExact(MOST_EXPORTED_ROWS)} that fit`
  return (
    <FileLinks
      formats={FORMATS}
      urlOf={(format) => logsExportUrl(request, format)}
      labelOf={(name) => `Download as ${name}: ${bound}`}
      title={`Download ${bound}`}
    />
  )
}

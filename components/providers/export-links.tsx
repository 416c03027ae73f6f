import { Download } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'

const FORMATS = ['csv', 'json'] as const

/** The whole table as a file, whatever rows the filter shows. */
export function ExportLinks({ urlOf }: { urlOf: (format: 'csv' | 'json') => string }) {
  return FORMATS.map((format) => (
    <a
      key={format}
      href={urlOf(format)}
      download
      aria-label={`Download as ${format.toUpperCase()}`}
      className={buttonClass({ variant: 'quiet', size: 'small' })}
    >
      <Download aria-hidden="true" className="max-sm:hidden" />
      {format.toUpperCase()}
    </a>
  ))
}

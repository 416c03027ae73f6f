import { Download } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'

const FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof FORMATS)[number]

/** The numbers of a panel as files, whatever rows a filter shows. `subject` tells the links of one page apart. */
export function ExportLinks({
  subject,
  urlOf,
}: {
  subject: string
  urlOf: (format: ExportFormat) => string
}) {
  return (
    <span className="flex items-center">
      {FORMATS.map((format) => (
        <a
          key={format}
          href={urlOf(format)}
          download
          aria-label={`Download ${subject} as ${format.toUpperCase()}`}
          className={buttonClass({ variant: 'quiet', size: 'small' })}
        >
          <Download aria-hidden="true" className="max-sm:hidden" />
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  )
}

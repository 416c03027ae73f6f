import { Download } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'

const NUMBER_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof NUMBER_FORMATS)[number]

/** The numbers of a panel as files, whatever rows a filter shows. `subject` tells the links of one page apart. */
export function ExportLinks({
  subject,
  urlOf,
}: {
  subject: string
  urlOf: (format: ExportFormat) => string
}) {
  return (
    <FileLinks formats={NUMBER_FORMATS} urlOf={urlOf} labelOf={(name) => `Download ${subject} as ${name}`} />
  )
}

/** One file in several formats; the links end where the panel's content does. */
export function FileLinks<Format extends string>({
  formats,
  urlOf,
  labelOf,
  title,
}: {
  formats: readonly Format[]
  urlOf: (format: Format) => string
  /** What a link does, for those who only hear it; `name` is the format as people write it. */
  labelOf: (name: string) => string
  title?: string
}) {
  return (
    <span className="-mr-2 flex items-center max-sm:-ml-2">
      <Download aria-hidden="true" className="mr-0.5 size-4 text-muted max-sm:hidden" />
      {formats.map((format) => (
        <a
          key={format}
          href={urlOf(format)}
          download
          aria-label={labelOf(format.toUpperCase())}
          title={title}
          className={buttonClass({ variant: 'quiet', size: 'small' })}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  )
}

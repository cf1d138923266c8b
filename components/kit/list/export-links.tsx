import { Download } from 'lucide-react'
import { buttonVariants } from '@/components/ui/button'
import { exportHref, type QueryValues } from './hrefs'

type ExportLinksProps = {
  readonly path: string
  readonly query: QueryValues
  readonly formats: readonly string[]
}

/** Downloads of all rows that match the filters. */
export function ExportLinks({ path, query, formats }: ExportLinksProps) {
  return (
    <div className="flex">
      {formats.map((format, index) => (
        // Not a Next link: prefetch would run the export.
        <a
          key={format}
          href={exportHref(path, query, format)}
          download
          aria-label={`Export as ${format.toUpperCase()}`}
          className={buttonVariants({
            className: [
              index > 0 && 'rounded-l-none border-l-0',
              index < formats.length - 1 && 'rounded-r-none',
              'px-2.5 text-muted hover:text-ink',
            ],
          })}
        >
          {index === 0 ? <Download aria-hidden /> : null}
          {format.toUpperCase()}
        </a>
      ))}
    </div>
  )
}

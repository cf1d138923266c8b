import { ExternalLink } from 'lucide-react'

const RFC = /^RFC (\d+)(?: §([\d.]+))?$/

/** The section of the specification that defines an event; RFCs are linked. */
export function SectionLink({ section }: { section: string }) {
  const rfc = RFC.exec(section)
  if (!rfc) return <span>{section}</span>
  const [, number, paragraph] = rfc
  const anchor = paragraph ? `#section-${paragraph}` : ''
  return (
    <a
      href={`https://www.rfc-editor.org/rfc/rfc${number}${anchor}`}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 text-accent-ink underline underline-offset-4"
    >
      {section}
      <ExternalLink aria-hidden className="size-3" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  )
}

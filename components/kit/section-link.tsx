import { ExternalLink } from 'lucide-react'

const RFC = /^RFC (\d+)(?: §([\d.]+))?$/
const MCP = /^MCP (2025-11-25) ([\w/-]+)$/

/** The URL of a section; `null` if it has none. */
function addressOf(section: string): string | null {
  const rfc = RFC.exec(section)
  if (rfc) {
    const [, number, paragraph] = rfc
    return `https://www.rfc-editor.org/rfc/rfc${number}${paragraph ? `#section-${paragraph}` : ''}`
  }
  const mcp = MCP.exec(section)
  return mcp && `https://modelcontextprotocol.io/specification/${mcp[1]}/${mcp[2]}`
}

/** The specification's section that defines an event or step, linked if it has a URL. */
export function SectionLink({ section }: { section: string }) {
  const href = addressOf(section)
  if (!href) return <span>{section}</span>
  return (
    <a
      href={href}
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

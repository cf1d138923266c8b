import { ExternalLink } from 'lucide-react'

const RFC = /^RFC (\d+)(?: §([\d.]+))?$/
const MCP = /^MCP (2025-11-25) ([\w/-]+)$/

/** Where a section can be read; `null` for what has no address of its own. */
function addressOf(section: string): string | null {
  const rfc = RFC.exec(section)
  if (rfc) {
    const [, number, paragraph] = rfc
    return `https://www.rfc-editor.org/rfc/rfc${number}${paragraph ? `#section-${paragraph}` : ''}`
  }
  const mcp = MCP.exec(section)
  return mcp && `https://modelcontextprotocol.io/specification/${mcp[1]}/${mcp[2]}`
}

/** The section of the specification that defines an event or step; what has an address is linked. */
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

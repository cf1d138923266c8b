import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Copyable } from '@/components/kit/copyable'
import { LinkButton } from '@/components/kit/links'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { canReachFromOutside } from './reach'

function Option({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid content-start gap-2">
      <h3 className="font-medium text-base">{title}</h3>
      {children}
    </section>
  )
}

function NotPublic() {
  return (
    <Callout tone="warn">
      This address works from this machine only. Claude Code on it can use it. Claude on the web,
      the desktop and phones needs a public https address: set it as{' '}
      <code className="font-mono text-xs">PORTICO_URL</code>.
    </Callout>
  )
}

function Hosted() {
  return (
    <Option title="Claude on the web, desktop and phones">
      <ol className="grid list-decimal gap-1 pl-4.5 text-muted text-sm marker:text-muted">
        <li>
          Open <strong className="text-ink">Settings</strong>, then{' '}
          <strong className="text-ink">Connectors</strong>.
        </li>
        <li>
          Choose <strong className="text-ink">Add custom connector</strong> and paste the address.
        </li>
        <li>
          Press <strong className="text-ink">Connect</strong>, and allow it on the page that opens.
        </li>
      </ol>
    </Option>
  )
}

function ClaudeCode({ mcpUrl }: { mcpUrl: string }) {
  return (
    <Option title="Claude Code">
      <Copyable
        value={`claude mcp add --transport http portico ${mcpUrl}`}
        what="Claude Code command"
      />
      <p className="text-muted text-sm">
        Then run <code className="font-mono text-xs">/mcp</code> in Claude Code and choose portico
        to sign in.
      </p>
    </Option>
  )
}

/** The address for Claude, and where to paste it. */
export function ConnectCard({ mcpUrl }: { mcpUrl: string }) {
  return (
    <Card className="grid gap-5 p-4 sm:p-5">
      <div>
        <h2 className="font-semibold text-lg">Connect Claude</h2>
        <p className="mt-0.5 mb-3 text-muted text-sm">
          Claude needs only this address. It finds the rest by itself and brings you back here to
          allow it.
        </p>
        <Copyable value={mcpUrl} what="MCP address" large />
      </div>
      {canReachFromOutside(mcpUrl) ? null : <NotPublic />}
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
        <Hosted />
        <ClaudeCode mcpUrl={mcpUrl} />
      </div>
      <LinkButton
        href="/admin/connect"
        className="max-md:h-auto max-md:min-h-11 max-md:whitespace-normal md:justify-self-start"
      >
        Steps for every client, and a live checklist
        <ArrowRight aria-hidden />
      </LinkButton>
    </Card>
  )
}

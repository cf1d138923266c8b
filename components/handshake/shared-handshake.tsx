import { Brand } from '@/components/brand'
import { Findings } from '@/components/handshake/findings'
import { Headline } from '@/components/handshake/headline'
import { Summary } from '@/components/handshake/summary'
import { Timeline } from '@/components/handshake/timeline'
import { timelineItems } from '@/components/handshake/timeline-items'
import { ThemeControl } from '@/components/theme/theme-control'
import { TitledCard } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { SharedHandshakeData as Shared } from '@/lib/admin/handshakes/shared'

/** One attempt, for someone without an account: read-only and redacted. */
export function SharedHandshake({ shared }: { readonly shared: Shared }) {
  const { view, findings, serverName, mcpUrl, expiresAt } = shared
  const { items } = timelineItems(view, 'golden')
  return (
    <div className="mx-auto grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-5 lg:py-8">
      <header className="flex items-center justify-between gap-3">
        <Brand />
        <ThemeControl />
      </header>
      <main id="content" className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <div>
          <p className="wrap-anywhere text-muted text-sm">
            An attempt to connect to {serverName} at{' '}
            <span className="font-mono text-xs">{mcpUrl}</span>
          </p>
          <h1 className="mt-1 flex flex-wrap items-center gap-3 font-semibold text-2xl tracking-tight">
            <Headline row={view.row} now={view.now} />
          </h1>
        </div>
        <Summary view={view} linked={false} />
        <Findings findings={findings} view={view} linked={false} />
        <TitledCard
          title="Steps"
          beside={
            <span className="text-muted text-xs">
              beside each, how long it takes when all is well
            </span>
          }
          header="border-b"
        >
          <div className="p-4 sm:p-5">
            <Timeline items={items} now={view.now} logPath={null} />
          </div>
        </TitledCard>
      </main>
      <footer className="text-pretty text-muted text-xs">
        Redacted: no e-mail addresses, networks instead of addresses, shortened ids. This link ends{' '}
        <RelativeTime at={expiresAt} />.
      </footer>
    </div>
  )
}

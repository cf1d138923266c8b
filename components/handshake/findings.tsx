import { ChevronRight, Stethoscope } from 'lucide-react'
import { presentEvent } from '@/components/kit/event-presentation'
import { ConfidenceMark } from '@/components/kit/finding/confidence'
import { FindingCard } from '@/components/kit/finding/finding-card'
import { LinkButton } from '@/components/kit/links'
import { Card } from '@/components/ui/card'
import type { FindingRow } from '@/lib/admin/finding-row'
import type { HandshakeData } from '@/lib/admin/handshakes/views'
import type { EventRow } from '@/lib/admin/views'
import { StepFacts } from './step-facts'

/** The evidence: events, each with its request. */
function Evidence({ events }: { events: readonly EventRow[] }) {
  return (
    <ul className="grid gap-1.5">
      {events.map((event) => (
        <li key={event.id} className="min-w-0 border-line-strong border-l-2 pl-2.5">
          <span className="block text-sm">{presentEvent(event).label}</span>
          <StepFacts event={event} />
        </li>
      ))}
    </ul>
  )
}

type FindingProps = { readonly finding: FindingRow; readonly events: readonly EventRow[] }

function FullFinding({ finding, events }: FindingProps) {
  const proof = events.filter(({ id }) => finding.evidence.includes(id))
  return (
    <FindingCard
      finding={finding}
      evidence={proof.length > 0 ? <Evidence events={proof} /> : undefined}
    />
  )
}

function FoldedFinding({ finding, events }: FindingProps) {
  return (
    <details className="group/other border-t first:border-t-0">
      <summary className="flex cursor-pointer list-none items-center gap-2 px-4 py-2.5 text-sm hover:bg-hover/60">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-muted transition-transform group-open/other:rotate-90"
        />
        <span className="min-w-0 flex-1 text-pretty">{finding.title}</span>
        <ConfidenceMark confidence={finding.confidence} />
      </summary>
      <div className="border-t [&>section]:rounded-none [&>section]:border-0 [&>section]:shadow-none">
        <FullFinding finding={finding} events={events} />
      </div>
    </details>
  )
}

/** What to do when an attempt failed and no rule matches. */
function Unexplained({ linked }: { linked: boolean }) {
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3 p-4">
      <p className="max-w-3xl text-pretty text-sm">
        <strong className="font-semibold">No known cause fits.</strong>{' '}
        <span className="text-muted">
          Every request that arrived was answered correctly. What did not arrive may have been
          blocked on its way: check this server from outside.
        </span>
      </p>
      {linked ? (
        <LinkButton href="/admin/self-check" icon={Stethoscope}>
          Run the self-check
        </LinkButton>
      ) : null}
    </Card>
  )
}

type FindingsProps = {
  readonly findings: readonly FindingRow[]
  readonly view: HandshakeData
  readonly linked: boolean
}

/** The likeliest cause in full, the others by title. */
export function Findings({ findings, view, linked }: FindingsProps) {
  const [first, ...others] = findings
  const { kind } = view.row.verdict
  if (!first) {
    return kind === 'stalled' || kind === 'failed' ? <Unexplained linked={linked} /> : null
  }
  return (
    <>
      <FullFinding finding={first} events={view.events} />
      {others.length > 0 ? (
        <Card aria-label="Other causes">
          <h2 className="border-b px-4 py-2.5 font-medium text-muted text-xs">
            {others.length === 1
              ? 'Another cause that fits'
              : `${others.length} other causes that fit`}
          </h2>
          {others.map((finding) => (
            <FoldedFinding key={finding.id} finding={finding} events={view.events} />
          ))}
        </Card>
      ) : null}
    </>
  )
}

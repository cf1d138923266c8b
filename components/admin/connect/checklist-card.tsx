import { ArrowRight } from 'lucide-react'
import { LinkButton } from '@/components/kit/links'
import { Callout } from '@/components/ui/callout'
import { TitledCard } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ConnectAttempt, ConnectData } from '@/lib/admin/connect/connect'
import { surfaceWords, verdictWords } from '@/lib/handshake/words'
import { Checklist } from './checklist'
import { checkLines, statusOf } from './checklist-steps'
import { FollowAttempts } from './follow-attempts'

const nameOf = ({ row }: ConnectAttempt): string => row.clientName ?? surfaceWords[row.surface]

function Status({ view }: { view: ConnectData }) {
  const { attempt, since } = view
  if (!attempt) {
    return (
      <>
        Waiting for the next client since <RelativeTime at={since} />. Keep this page open: each
        step is ticked as it happens.
      </>
    )
  }
  const isEarlier = attempt.row.startedAt < since
  return (
    <>
      Following <strong className="font-medium text-ink">{nameOf(attempt)}</strong>, which began{' '}
      <RelativeTime at={attempt.row.startedAt} />
      {isEarlier ? ' and was under way when you opened this page' : ''}.
    </>
  )
}

function Problem({ attempt }: { attempt: ConnectAttempt }) {
  const { kind } = attempt.row.verdict
  if (kind === 'connected' || kind === 'in-progress') return null
  if (kind === 'signed-in') {
    return (
      <Callout tone="neutral" className="mx-4 mb-4">
        <p>{verdictWords(attempt.row.verdict)}.</p>
      </Callout>
    )
  }
  const { finding } = attempt
  return (
    <Callout tone={kind === 'failed' ? 'bad' : 'warn'} className="mx-4 mb-4">
      <p className="font-medium">{verdictWords(attempt.row.verdict)}</p>
      {finding ? (
        <p>
          {finding.title}. {finding.fix[0]?.text}
        </p>
      ) : null}
    </Callout>
  )
}

function Links({ attempt, another }: { attempt: ConnectAttempt; another: string }) {
  const isConnected = attempt.row.verdict.kind === 'connected' && attempt.row.stage === null
  return (
    <div className="flex flex-wrap gap-2 border-t p-4">
      <LinkButton
        href={`/admin/handshakes/${attempt.row.id}`}
        variant={isConnected ? 'primary' : 'secondary'}
      >
        {isConnected ? `${nameOf(attempt)} is connected: see its handshake` : 'See this handshake'}
        <ArrowRight aria-hidden />
      </LinkButton>
      {attempt.row.verdict.kind === 'in-progress' ? null : (
        <LinkButton href={another} variant="ghost">
          Wait for another client
        </LinkButton>
      )}
    </div>
  )
}

/** The live checklist: steps done, the missing step and its cause, and a link to the handshake. */
export function ChecklistCard({ view, another }: { view: ConnectData; another: string }) {
  const { attempt } = view
  const lines = checkLines(attempt)
  const dueAt = attempt?.row.verdict.kind === 'in-progress' ? attempt.row.dueAt : null
  return (
    <TitledCard
      title="Live checklist"
      beside={
        <FollowAttempts
          key={view.since}
          stream={view.stream}
          since={view.since}
          dueAt={dueAt}
          status={statusOf(lines)}
        />
      }
      header="border-b"
    >
      <p className="text-pretty px-4 pt-3 text-muted text-sm">
        <Status view={view} />
      </p>
      <Checklist lines={lines} />
      {attempt ? <Problem attempt={attempt} /> : null}
      {attempt ? <Links attempt={attempt} another={another} /> : null}
    </TitledCard>
  )
}

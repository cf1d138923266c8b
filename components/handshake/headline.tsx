import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { stageWords, surfaceWords, verdictWords } from '@/lib/handshake/words'
import { DueClock } from './due-clock'
import { VerdictBadge } from './verdict-badge'

const nameOf = ({ clientName, surface }: HandshakeRow): string =>
  clientName ?? surfaceWords[surface]

/** The state of an attempt, in one line. */
function headlineWords(row: HandshakeRow): string {
  const { kind } = row.verdict
  if (kind === 'connected') return `${nameOf(row)} connected`
  if (kind === 'signed-in') return `${nameOf(row)} signed in`
  if (kind === 'degraded') return `${nameOf(row)} connected, with trouble since`
  if (kind !== 'in-progress') return verdictWords(row.verdict)
  return row.stage === null ? 'In progress' : `Waiting for: ${stageWords[row.stage].label}`
}

/** What that means for the reader, or `null` if it is obvious. */
export function headlineExplained({ surface, verdict, unused }: HandshakeRow): string | null {
  if (unused && verdict.kind === 'stalled') {
    return 'The token was issued, but no request used it. The page updates if one still comes.'
  }
  if (verdict.kind === 'in-progress') return 'Each step appears here as it happens.'
  if (verdict.kind === 'signed-in') {
    const subject = surface === 'unknown' ? 'This login' : `${surfaceWords[surface]}’s login`
    return `${subject} stops here. Its first call comes when it is used.`
  }
  if (verdict.kind === 'connected') return 'It came back with its token and was answered.'
  return null
}

type HeadlineProps = {
  readonly row: HandshakeRow
  /** ISO 8601: the server's clock */
  readonly now: string
}

/** The state of the attempt, in plain words. */
export function Headline({ row, now }: HeadlineProps) {
  const isOpen = row.verdict.kind === 'in-progress'
  return (
    <>
      <span className="text-balance">{headlineWords(row)}</span>
      <span className="flex shrink-0 gap-1.5 font-normal tracking-normal">
        <VerdictBadge verdict={row.verdict} />
        {isOpen && row.dueAt ? <DueClock dueAt={row.dueAt} now={now} /> : null}
      </span>
    </>
  )
}

import type { HandshakeRow } from '@/lib/admin/handshake-views'
import { stageWords, verdictWords } from '@/lib/handshake/words'
import { DueClock } from './due-clock'
import { VerdictBadge } from './verdict-badge'

/** What is awaited, while an attempt is under way. */
const awaitedWords = ({ stage }: HandshakeRow): string =>
  stage === null ? 'In progress' : `Waiting for: ${stageWords[stage].label}`

type HeadlineProps = {
  readonly row: HandshakeRow
  /** ISO 8601: the server's clock */
  readonly now: string
}

/** How the attempt stands, in the words one would tell a colleague. */
export function Headline({ row, now }: HeadlineProps) {
  const isOpen = row.verdict.kind === 'in-progress'
  return (
    <>
      <span className="text-balance">{isOpen ? awaitedWords(row) : verdictWords(row.verdict)}</span>
      <span className="flex shrink-0 gap-1.5 font-normal tracking-normal">
        <VerdictBadge verdict={row.verdict} />
        {isOpen && row.dueAt ? <DueClock dueAt={row.dueAt} now={now} /> : null}
      </span>
    </>
  )
}

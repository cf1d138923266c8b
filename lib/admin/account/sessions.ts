import 'server-only'
import type { Operator } from '@/lib/auth/operator'
import { currentSessionId, requireOperator } from '@/lib/auth/session'
import {
  endOperatorSession,
  endSessionsOf,
  listSessionsOf,
  type OperatorSession,
  type SessionEnding,
} from '@/lib/store/operator-sessions'
import { accountPath, changeSelf } from './self'
import type { AccountSession } from './views'

/** More browsers than anybody knows apart; those used last come first. */
const mostShown = 50

const toView = (session: OperatorSession, here: string | undefined): AccountSession => ({
  id: session.id,
  browser: session.agent,
  address: session.address,
  method: session.method,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  isThis: session.id === here,
})

/** Where one is signed in: this browser first, then what was used last. */
export async function listOwnSessions(): Promise<AccountSession[]> {
  const self = await requireOperator('member', accountPath)
  const here = await currentSessionId()
  const rows = await listSessionsOf(self.id, new Date(), mostShown)
  const sessions = rows.map((row) => toView(row, here))
  return sessions.sort((a, b) => Number(b.isThis) - Number(a.isThis))
}

async function endAndTell<Ended>(
  end: (self: Operator, ending: SessionEnding) => Promise<Ended>,
): Promise<Ended> {
  const { self, actor, at, commit } = await changeSelf()
  return commit((tell) =>
    end(self, {
      at,
      actor,
      eventsFor: (sessions) => [tell('account.sessions-ended', { email: self.email, sessions })],
    }),
  )
}

/** Signs out in one of one's browsers. @returns whether it was signed in */
export async function endOwnSession(id: string): Promise<boolean> {
  await requireOperator('member', accountPath)
  return endAndTell((self, ending) => endOperatorSession(id, self.id, ending))
}

/** Signs out in all browsers but this one. @returns in how many */
export async function endOtherSessions(): Promise<number> {
  await requireOperator('member', accountPath)
  const here = await currentSessionId()
  return endAndTell((self, ending) => endSessionsOf(self.id, ending, here))
}

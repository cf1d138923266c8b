import 'server-only'
import { command, query } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import type { Person } from '@/lib/auth/session'
import { sentText } from '@/lib/http/sent'
import { endSessionsOf, listSessionsOf, type SessionEnding } from '@/lib/store/people/sessions'
import { done, refused } from '../outcome'
import { accountPath } from './path'

/** More browsers than a person can tell apart; most recently used first. */
const mostShown = 50

/** The person's sessions: this browser first, then the most recently used. */
export const listOwnSessions = query({ role: 'member', path: accountPath }, async (self) => {
  const rows = await listSessionsOf(self.id, new Date(), mostShown)
  const sessions = rows.map((row) => ({ ...row, isThis: row.id === self.sessionId }))
  return sessions.sort((a, b) => Number(b.isThis) - Number(a.isThis))
})

/** A browser in which a person is signed in. */
export type AccountSession = Awaited<ReturnType<typeof listOwnSessions>>[number]

async function endRecorded<Ended>(
  self: Person,
  end: (ending: SessionEnding) => Promise<Ended>,
): Promise<Ended> {
  return commitBy(self, {}, (describe, actor, at) =>
    end({
      at,
      actor,
      eventsFor: (sessions) => [
        describe('account.sessions-ended', { email: self.email, sessions }),
      ],
    }),
  )
}

/** Signs out one of the person's other browsers. */
export const endOwnSession = command(
  { role: 'member', path: accountPath, takes: [sentText] },
  async (self, id) => {
    const ended = await endRecorded(self, (ending) => endSessionsOf(self.id, id, ending))
    return ended
      ? done('That browser is signed out')
      : refused('That browser is already signed out')
  },
)

/** Signs out all browsers but this one. */
export const endOtherSessions = command(
  { role: 'member', path: accountPath, takes: [] },
  async (self) => {
    const end = (ending: SessionEnding) => endSessionsOf(self.id, { not: self.sessionId }, ending)
    const ended = await endRecorded(self, end)
    return done(ended === 1 ? '1 browser is signed out' : `${ended} browsers are signed out`)
  },
)

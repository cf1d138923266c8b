import 'server-only'
import { cookies } from 'next/headers'
import { z } from 'zod'
import { env } from '@/lib/config/env'
import { seal, unseal } from '@/lib/config/sealed'

/** A person who passed the first step at another provider, and when, in ms since the epoch. */
const ticket = z.object({ userId: z.string(), method: z.string(), at: z.number() })
type Ticket = z.output<typeof ticket>

const name = 'portico.second-step'
const minutes = 10
const owner = 'browser'

/** Lets the browser continue with the second step. The sealed ticket cannot be read or changed there. */
export async function setTicket(userId: string, method: string): Promise<void> {
  const value: Ticket = { userId, method, at: Date.now() }
  const jar = await cookies()
  jar.set(name, seal('sign-in-ticket', owner, JSON.stringify(value)), {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().origin.startsWith('https:'),
    path: '/api/auth',
    maxAge: minutes * 60,
  })
}

/** The ticket of a request; `null` without one, or when it has expired. */
export function readTicket(cookie: string | null, now: Date): Ticket | null {
  const pair = cookie?.split(/;\s*/).find((one) => one.startsWith(`${name}=`))
  if (!pair) return null
  try {
    const text = unseal('sign-in-ticket', owner, pair.slice(name.length + 1))
    const read = ticket.parse(JSON.parse(text))
    return read.at + minutes * 60_000 > now.getTime() ? read : null
  } catch {
    return null
  }
}

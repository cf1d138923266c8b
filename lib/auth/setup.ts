import 'server-only'
import { z } from 'zod'
import { env } from '@/lib/config/env'
import { keyedHash } from '@/lib/config/secrets'
import { constantTimeEqual, newId } from '@/lib/oauth/secret'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import { openExchange } from '@/lib/recorder/exchange'
import { commit, record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { createFirstAdmin, hasUsers } from '@/lib/store/people/users'
import { keepSetting, readSetting } from '@/lib/store/settings/settings'
import { visitorExchange } from './exchange'
import { hashPassword, passwordProblem } from './passwords'

const settingKey = 'setup-link'

/** The token cannot be derived from the stored value without the server's secret. */
const tokenFor = (stored: string): string => keyedHash('setup-link', stored)

/**
 * The link for creating the first admin. Each database has one; it stays the same across starts and
 * instances until it is used.
 *
 * @returns `null` once there is a user
 */
export async function setupLink(): Promise<string | null> {
  if (await hasUsers()) return null
  const stored = await keepSetting(settingKey, newId(''))
  return `${env().origin}/setup?token=${tokenFor(stored)}`
}

/** Whether a set-up link works. */
type SetupState = 'open' | 'wrong' | 'done'

async function stateOf(token: string | undefined): Promise<SetupState> {
  if (await hasUsers()) return 'done'
  const stored = await readSetting(settingKey)
  return token && stored && constantTimeEqual(token, tokenFor(stored)) ? 'open' : 'wrong'
}

/** Records a refused set-up link: a possible guess, or a visit after set-up is done. */
async function noteRefused(method: 'GET' | 'POST', state: SetupState): Promise<void> {
  const kind = state === 'done' ? 'set-up-done' : 'set-up-link-wrong'
  record(await visitorExchange(method, '/setup'), 'setup.refused', 403, { reason: { kind } })
}

/** The state of the link with this token; an invalid one is recorded. */
export async function readSetupLink(token: string | undefined): Promise<SetupState> {
  const state = await stateOf(token)
  if (token !== undefined && state !== 'open') await noteRefused('GET', state)
  return state
}

/** What the set-up form sends. */
type SetupInput = {
  readonly token: string
  readonly email: string
  readonly password: string
  readonly name?: string
}

/** What is wrong with a form, by field. */
export type Problems = Readonly<Record<string, string>>

async function makeAdmin(
  admin: { email: string; password: string; name: string | null },
  exchange: Exchange,
): Promise<boolean> {
  const id = newId('user_')
  exchange.ids.userId = id
  const { email, name } = admin
  const passwordHash = await hashPassword(admin.password)
  return commit(exchange, (describe) =>
    createFirstAdmin({ id, email, name, passwordHash }, [
      describe('operator.created', { email, role: 'admin' }),
    ]),
  )
}

/** Creates the first admin from the set-up form. @returns problems by field, or `null` */
export async function completeSetup(input: SetupInput): Promise<Problems | null> {
  const exists = { token: 'An admin already exists: sign in instead.' }
  const state = await stateOf(input.token)
  if (state !== 'open') await noteRefused('POST', state)
  if (state === 'done') return exists
  if (state === 'wrong') return { token: 'This link no longer works.' }
  const email = z.email().safeParse(input.email.trim())
  const weak = passwordProblem(input.password)
  if (!email.success || weak) {
    return {
      ...(email.success ? {} : { email: 'Enter an e-mail address such as you@example.com.' }),
      ...(weak ? { password: weak } : {}),
    }
  }
  const name = shownText(input.name ?? '', longestName) || null
  const exchange = await visitorExchange('POST', '/setup')
  const created = await makeAdmin({ email: email.data, password: input.password, name }, exchange)
  return created ? null : exists
}

/** Creates the first admin from the settings, while there is no user. */
export async function createAdminFromSettings(): Promise<void> {
  const { firstAdmin } = env()
  if (!firstAdmin || (await hasUsers())) return
  const arrival = { method: 'START', path: '/', headers: new Headers() }
  await makeAdmin({ ...firstAdmin, name: null }, openExchange(arrival))
}

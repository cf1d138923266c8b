import 'server-only'
import { done } from '@/lib/admin/outcome'
import { command, query } from '@/lib/auth/declared'
import { personExchange } from '@/lib/auth/exchange'
import { rotateSigningKey, verifiesUntil } from '@/lib/endpoints/signing-keys'
import { listSigningKeys } from '@/lib/store/tokens/signing-keys'

const path = '/admin/keys'

function stateOf(until: Date | null): 'signing' | 'verifying' | 'retired' {
  if (until === null) return 'signing'
  return until.getTime() > Date.now() ? 'verifying' : 'retired'
}

/** All signing keys, newest first, and until when the tokens of a retired one are accepted. */
export const listKeys = query({ role: 'viewer', path }, async () =>
  (await listSigningKeys()).map((key) => {
    const { id, algorithm, createdAt, retiredAt } = key
    const until = verifiesUntil(key)
    return { id, algorithm, createdAt, retiredAt, verifiesUntil: until, state: stateOf(until) }
  }),
)

/** A signing key as the dashboard lists it. */
export type KeyRow = Awaited<ReturnType<typeof listKeys>>[number]

/** Replaces the signing key; tokens signed with the old one are accepted until they expire. */
export const rotateKeys = command({ role: 'admin', path, takes: [] }, async (operator) => {
  await rotateSigningKey(await personExchange(operator))
  return done('New tokens are signed with a new key')
})

import 'server-only'
import { command, query } from '@/lib/auth/declared'
import { operatorExchange } from '@/lib/auth/exchange'
import { rotateSigningKey, verifiesUntil } from '@/lib/endpoints/signing-keys'
import { listSigningKeys } from '@/lib/store/signing-keys'
import { done, type Outcome } from './outcome'
import { iso } from './paging'

const path = '/admin/keys'

/** A signing key as the dashboard lists it. */
export type KeyRow = {
  readonly id: string
  readonly algorithm: string
  readonly createdAt: string
  readonly retiredAt: string | null
  /** until when tokens it signed are accepted; `null` while it signs */
  readonly verifiesUntil: string | null
  readonly state: 'signing' | 'verifying' | 'retired'
}

/** Every signing key, newest first. */
export const listKeys = query({ role: 'viewer', path }, async (): Promise<KeyRow[]> => {
  const keys = await listSigningKeys()
  return keys.map((key) => {
    const until = verifiesUntil(key)
    return {
      id: key.id,
      algorithm: key.algorithm,
      createdAt: key.createdAt.toISOString(),
      retiredAt: iso(key.retiredAt),
      verifiesUntil: iso(until),
      state: until === null ? 'signing' : until.getTime() > Date.now() ? 'verifying' : 'retired',
    }
  })
})

/** Replaces the signing key; tokens signed with the old one are accepted until they expire. */
export const rotateKeys = command(
  { role: 'admin', path, takes: [] },
  async (operator): Promise<Outcome> => {
    const exchange = await operatorExchange(operator, path)
    await rotateSigningKey({ userId: operator.id, address: exchange.address }, exchange)
    return done('New tokens are signed with a new key')
  },
)

import 'server-only'
import { done } from '@/lib/admin/outcome'
import { command, query } from '@/lib/auth/declared'
import { personExchange } from '@/lib/auth/exchange'
import { rotateSigningKey, verifiesUntil } from '@/lib/endpoints/signing-keys'
import { listSigningKeys, type StoredKey } from '@/lib/store/tokens/signing-keys'

const path = '/admin/keys'

function toRow(key: StoredKey) {
  const until = verifiesUntil(key)
  const isUsed = until !== null && until.getTime() > Date.now()
  return {
    id: key.id,
    algorithm: key.algorithm,
    createdAt: key.createdAt,
    retiredAt: key.retiredAt,
    /** when the tokens it signed stop being accepted; `null` while it signs */
    verifiesUntil: until,
    state:
      until === null
        ? ('signing' as const)
        : isUsed
          ? ('verifying' as const)
          : ('retired' as const),
  }
}

/** A signing key as the dashboard lists it. */
export type KeyRow = Readonly<ReturnType<typeof toRow>>

/** All signing keys, newest first. */
export const listKeys = query({ role: 'viewer', path }, async () =>
  (await listSigningKeys()).map(toRow),
)

/** Replaces the signing key; tokens signed with the old one are accepted until they expire. */
export const rotateKeys = command({ role: 'admin', path, takes: [] }, async (operator) => {
  await rotateSigningKey(await personExchange(operator))
  return done('New tokens are signed with a new key')
})

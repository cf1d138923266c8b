import 'server-only'
import { env } from '@/lib/config/env'
import { hashSecret, newId, newSecret } from '@/lib/oauth/secret'
import type { NewInvite } from '@/lib/store/people/invites'

const dayMs = 86_400_000
/** How long a link works, in days. */
const days = 7

/** A link as it is shown, once. */
export type OneTimeLink = { readonly link: string; readonly expiresAt: Date }

/** A new link, stored and shown. Only the token's hash is stored. */
export function newOneTimeLink(
  at: Date,
  rest: Pick<NewInvite, 'kind' | 'email' | 'role' | 'userId' | 'createdById'>,
): { readonly invite: NewInvite; readonly shown: OneTimeLink } {
  const token = newSecret('pin_')
  const expiresAt = new Date(at.getTime() + days * dayMs)
  return {
    invite: {
      id: newId('inv_'),
      tokenHash: hashSecret(token),
      createdAt: at,
      expiresAt,
      ...rest,
    },
    shown: { link: `${env().origin}/invite?token=${token}`, expiresAt },
  }
}

import type { Outcome } from '@/components/kit/outcome'
import type { TokenRow } from '@/lib/admin/tokens/tokens'

/** An operator's actions on a token, by its id. */
export type TokenActions = { readonly revoke: (id: string) => Promise<Outcome> }

/** Whether a token is still usable, and so can be revoked. */
export const isLive = ({ state }: Pick<TokenRow, 'state'>): boolean =>
  state === 'active' || state === 'unused'

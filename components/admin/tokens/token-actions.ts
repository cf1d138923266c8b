import type { Outcome } from '@/components/kit/outcome'
import type { TokenRow } from '@/lib/admin/tokens/tokens'

/** What an operator may do with a token, by its id. */
export type TokenActions = { readonly revoke: (id: string) => Promise<Outcome> }

/** Whether a token could still be used, so that there is something to revoke. */
export const isLive = ({ state }: Pick<TokenRow, 'state'>): boolean =>
  state === 'active' || state === 'unused'

import type { Outcome } from '@/components/kit/outcome'

/** An operator's actions on a session, by its id. */
export type SessionActions = { readonly end: (id: string) => Promise<Outcome> }

import type { Outcome } from '@/components/kit/outcome'

/** What an operator may do with a session, by its id. */
export type SessionActions = { readonly end: (id: string) => Promise<Outcome> }

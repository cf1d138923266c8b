import type { Outcome } from '@/components/kit/outcome'

/** What an operator may do with the links to a handshake. */
export type ShareActions = {
  /** @param days until the link expires */
  readonly share: (
    handshakeId: string,
    days: number,
  ) => Promise<Outcome & { readonly href: string | null }>
  /** @param id of the link */
  readonly withdraw: (id: string) => Promise<Outcome>
}

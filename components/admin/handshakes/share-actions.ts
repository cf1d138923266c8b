import type { ActionResult } from '@/components/kit/outcome'

/** An operator's actions on the links to a handshake. */
export type ShareActions = {
  /** @param days until the link expires */
  readonly share: (
    handshakeId: string,
    days: number,
  ) => Promise<ActionResult & { readonly href: string | null }>
  /** @param id the link's id */
  readonly withdraw: (id: string) => Promise<ActionResult>
}

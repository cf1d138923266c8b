import type { Outcome } from '@/components/admin/outcome'
import type { OperatorRole } from '@/lib/admin/operator-views'

/** A one-time link as it is shown, this once. */
export type ShownLink = { readonly link: string; readonly expiresAt: string }

/** What the form of an invitation shows again. */
export type InviteState = {
  readonly input: { readonly email: string; readonly role: OperatorRole }
  readonly problems: Readonly<Record<string, string>>
  readonly made: ShownLink | null
}

/** Makes an invitation. */
export type InviteAction = (state: InviteState, form: FormData) => Promise<InviteState>

/** What the form of a role shows after it was sent. */
export type RoleState = { readonly outcome: Outcome | null }

/** Gives a person another role. */
export type RoleAction = (state: RoleState, form: FormData) => Promise<RoleState>

/** What became of the wish for a link by which somebody chooses a password. */
export type PasswordLinkState = { readonly made: ShownLink | null; readonly problem: string | null }

/** Makes such a link. */
export type PasswordLinkAction = (
  state: PasswordLinkState,
  form: FormData,
) => Promise<PasswordLinkState>

/** What an admin may do with one person. */
export type OperatorActions = {
  readonly changeRole: RoleAction
  readonly makePasswordLink: PasswordLinkAction
  readonly switchOffCodes: (id: string) => Promise<Outcome>
  readonly disable: (id: string) => Promise<Outcome>
  readonly enable: (id: string) => Promise<Outcome>
}

/** Ends an open link. */
export type WithdrawAction = (id: string) => Promise<Outcome>

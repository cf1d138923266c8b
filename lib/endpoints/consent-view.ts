import type { ScopeDescription } from '@/lib/oauth/scope'

/** What the consent page shows. */
export type ConsentView =
  | {
      readonly state: 'open'
      readonly interactionId: string
      readonly csrf: string
      readonly client: {
        readonly id: string
        readonly name: string
        readonly kind: 'dynamic' | 'metadata_document' | 'registered'
        readonly uri: string | null
        readonly registeredAt: string
      }
      /** host (and port) the answer goes to, or the scheme of a private-use URI */
      readonly redirectHost: string
      readonly redirectUri: string
      /** the answer goes to this computer, where any program may listen */
      readonly loopback: boolean
      /** what would be granted to this person */
      readonly scopes: readonly ScopeDescription[]
      /** what is asked for besides and would not be, since their role cannot grant it */
      readonly withheld: readonly ScopeDescription[]
      readonly resource: string
      /** whether a "yes" may be remembered: it is certain who gets the answer */
      readonly rememberable: boolean
      readonly user: { readonly email: string; readonly name: string | null }
      readonly serverName: string
      /** how long an access token lives, and a connection that is not used */
      readonly accessTokenMinutes: number
      readonly refreshTokenDays: number
      readonly expiresAt: string
    }
  | { readonly state: 'expired' | 'decided' | 'unknown'; readonly serverName: string }

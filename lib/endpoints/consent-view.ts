import type { ScopeDescription } from '@/lib/oauth/scope'
import type { WayBack } from './way-back'

/** A scope that is asked for. */
export type AskedScope = ScopeDescription & {
  /** the person has a connection of this client that is allowed it */
  readonly already: boolean
}

type Closed = {
  readonly serverName: string
  /** where to start again, where that is certain */
  readonly wayBack: WayBack | null
}

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
      /** it goes to an app by a scheme, which any app may claim (RFC 8252 §8.1) */
      readonly viaScheme: boolean
      /** what would be granted to this person */
      readonly scopes: readonly AskedScope[]
      /** a "yes" waits for an operator */
      readonly needsApproval: boolean
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
  | (Closed & {
      /** `others`: another account has answered it */
      readonly state: 'expired' | 'decided' | 'unknown' | 'others'
      /** whether the person may look at the dashboard */
      readonly mayWatch: boolean
    })
  | (Closed & {
      /**
       * the person has answered: the client has not fetched the code, or was told no; it has the
       * code; it did not come for it in time; the connection has ended since
       */
      readonly state: 'allowed' | 'denied' | 'connected' | 'lapsed' | 'ended'
      readonly interactionId: string
      readonly clientName: string
      readonly redirectHost: string
      readonly loopback: boolean
      readonly viaScheme: boolean
      /** whether the person may look at the dashboard */
      readonly mayWatch: boolean
    })
  | (Closed & {
      /** the person said "yes": an operator has not decided, has approved, or has denied it */
      readonly state: 'waiting' | 'released' | 'refused'
      readonly interactionId: string
      readonly clientName: string
      readonly redirectHost: string
      readonly expiresAt: string
    })

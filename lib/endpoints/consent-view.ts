import type { ScopeDescription } from '@/lib/oauth/scope'
import type { WayBack } from './way-back'

/** A requested scope. */
export type AskedScope = ScopeDescription & {
  /** whether the person has a connection of this client with this scope */
  readonly already: boolean
}

type Closed = {
  readonly serverName: string
  /** where to start again, if that is certain */
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
      /** host (and port) of the redirect URI, or the scheme of a private-use URI */
      readonly redirectHost: string
      readonly redirectUri: string
      /** whether the answer goes to this computer, where any program may listen */
      readonly loopback: boolean
      /** whether it goes to an app by a scheme, which any app may claim (RFC 8252 §8.1) */
      readonly viaScheme: boolean
      /** what this person would grant */
      readonly scopes: readonly AskedScope[]
      /** whether a "yes" waits for an operator */
      readonly needsApproval: boolean
      /** requested scopes that their role cannot grant */
      readonly withheld: readonly ScopeDescription[]
      readonly resource: string
      /** whether a "yes" may be remembered: it is certain who gets the answer */
      readonly rememberable: boolean
      readonly user: { readonly email: string; readonly name: string | null }
      readonly serverName: string
      /** lifetimes of an access token and of an unused connection */
      readonly accessTokenMinutes: number
      readonly refreshTokenDays: number
      readonly expiresAt: string
    }
  | (Closed & {
      /** `others`: another account has answered it */
      readonly state: 'expired' | 'decided' | 'unknown' | 'others'
      /** whether the person may open the dashboard */
      readonly mayWatch: boolean
    })
  | (Closed & {
      /**
       * the person has answered: the client has not fetched the code, or was refused; it has the code;
       * it did not fetch it in time; the connection has ended since
       */
      readonly state: 'allowed' | 'denied' | 'connected' | 'lapsed' | 'ended'
      readonly interactionId: string
      readonly clientName: string
      readonly redirectHost: string
      readonly loopback: boolean
      readonly viaScheme: boolean
      /** whether the person may open the dashboard */
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

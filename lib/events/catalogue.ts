import { accountEvents } from './catalogue/accounts'
import { authorizationEvents } from './catalogue/authorization'
import { clientEvents } from './catalogue/clients'
import { discoveryEvents } from './catalogue/discovery'
import { mcpEvents } from './catalogue/mcp'
import { peopleEvents } from './catalogue/people'
import { serverEvents } from './catalogue/server'
import { tokenEvents } from './catalogue/tokens'
import type { Detail } from './declare'

/**
 * Every event Portico records: the section that defines the step, what its detail may hold, and its words.
 * What is not named here is dropped before it is written. No detail may hold a token, code, verifier,
 * secret, password or cookie.
 */
export const catalogue = {
  ...mcpEvents,
  ...discoveryEvents,
  ...clientEvents,
  ...authorizationEvents,
  ...tokenEvents,
  ...peopleEvents,
  ...accountEvents,
  ...serverEvents,
}

/** The name of an event, `noun.past-participle`. */
export type EventName = keyof typeof catalogue

/** What the detail of an event may hold. */
export type EventDetail<N extends EventName> = Detail<(typeof catalogue)[N]['detail']>

/** All names in catalogue order. */
export const eventNames = Object.keys(catalogue) as EventName[]

/** Whether a string is the name of an event. */
export const isEventName = (name: string): name is EventName => Object.hasOwn(catalogue, name)

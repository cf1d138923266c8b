import { CircleDashed, type LucideIcon } from 'lucide-react'
import type { EventRow } from '@/lib/admin/views'
import type { EventName } from '@/lib/events/catalogue'
import { accountEvents } from '@/lib/events/catalogue/accounts'
import { authorizationEvents } from '@/lib/events/catalogue/authorization'
import { clientEvents } from '@/lib/events/catalogue/clients'
import { discoveryEvents } from '@/lib/events/catalogue/discovery'
import { mcpEvents } from '@/lib/events/catalogue/mcp'
import { peopleEvents } from '@/lib/events/catalogue/people'
import type { Presentations } from '@/lib/events/catalogue/presentation'
import { serverEvents } from '@/lib/events/catalogue/server'
import { tokenEvents } from '@/lib/events/catalogue/tokens'
import { reasonOfEvent } from '@/lib/stored-reasons'

/** Every event of the catalogue; a new one fails to compile until it is presented here. */
export const eventPresentation: Presentations<EventName> = {
  ...mcpEvents,
  ...discoveryEvents,
  ...clientEvents,
  ...authorizationEvents,
  ...tokenEvents,
  ...peopleEvents,
  ...accountEvents,
  ...serverEvents,
}

/** Events by part of the handshake, in its order, for the filter of the log. */
export const eventGroups: readonly { readonly label: string; readonly names: readonly string[] }[] =
  [
    { label: 'MCP', names: Object.keys(mcpEvents) },
    { label: 'Discovery', names: Object.keys(discoveryEvents) },
    { label: 'Clients', names: Object.keys(clientEvents) },
    { label: 'Authorization and consent', names: Object.keys(authorizationEvents) },
    { label: 'Tokens and connections', names: Object.keys(tokenEvents) },
    { label: 'People', names: Object.keys(peopleEvents) },
    { label: 'Accounts', names: Object.keys(accountEvents) },
    { label: 'Server', names: Object.keys(serverEvents) },
  ]

/** The label of an event by its name on the wire; the name itself when it is not known. */
export const eventLabel = (name: string): string =>
  Object.hasOwn(eventPresentation, name) ? eventPresentation[name as EventName].label : name

type Shown = { readonly label: string; readonly icon: LucideIcon; readonly sentence: string }

/** What an event says that stands for requests of several kinds. */
const together: Readonly<Partial<Record<NonNullable<EventRow['fold']>, string>>> = {
  address: 'Many different requests of this address, counted together.',
  all: 'Many different requests of many addresses, counted together.',
}

type Presented = Pick<EventRow, 'name' | 'detail'> & Partial<Pick<EventRow, 'fold'>>

/** An event in words. A newer server may stream a name that this page does not know yet. */
export function presentEvent({ name, detail, fold }: Presented): Shown {
  if (!Object.hasOwn(eventPresentation, name)) {
    return { label: name, icon: CircleDashed, sentence: '' }
  }
  const { label, icon, sentence } = eventPresentation[name]
  const shared = fold && together[fold]
  // The detail passed this event's own schema when it was written, by this version or an older one.
  const reason = reasonOfEvent({ name, detail }) ?? undefined
  return { label, icon, sentence: shared ?? sentence({ ...detail, reason } as never) }
}

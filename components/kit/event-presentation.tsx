import { CircleDashed, type LucideIcon } from 'lucide-react'
import type { EventRow } from '@/lib/admin/views'
import { catalogue, isEventName } from '@/lib/events/catalogue'
import { accountEvents } from '@/lib/events/catalogue/accounts'
import { authorizationEvents } from '@/lib/events/catalogue/authorization'
import { clientEvents } from '@/lib/events/catalogue/clients'
import { discoveryEvents } from '@/lib/events/catalogue/discovery'
import { mcpEvents } from '@/lib/events/catalogue/mcp'
import { peopleEvents } from '@/lib/events/catalogue/people'
import { serverEvents } from '@/lib/events/catalogue/server'
import { tokenEvents } from '@/lib/events/catalogue/tokens'
import { reasonOfEvent } from '@/lib/stored-reasons'
import { eventIcons } from './event-icons'

/** Events by handshake step, in order, for the log's filter. */
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

/** The label of an event; its name if it is unknown. */
export const eventLabel = (name: string): string =>
  isEventName(name) ? catalogue[name].label : name

type Shown = {
  readonly label: string
  readonly icon: LucideIcon
  readonly sentence: string
  /** the step's specification; `null` if unknown */
  readonly section: string | null
}

/** The sentence of an event that counts several kinds of requests. */
const together: Readonly<Partial<Record<NonNullable<EventRow['fold']>, string>>> = {
  address: 'Many different requests of this address, counted together.',
  all: 'Many different requests of many addresses, counted together.',
}

type Presented = Pick<EventRow, 'name' | 'detail'> & Partial<Pick<EventRow, 'fold'>>

/** An event in words. A newer server may stream a name that this page does not know. */
export function presentEvent({ name, detail, fold }: Presented): Shown {
  if (!isEventName(name)) return { label: name, icon: CircleDashed, sentence: '', section: null }
  const { label, icon, sentence, section } = catalogue[name]
  const shared = fold && together[fold]
  // this or an older version validated the detail when it wrote it
  const reason = reasonOfEvent({ name, detail }) ?? undefined
  const text = shared ?? sentence({ ...detail, reason } as never)
  return { label, icon: eventIcons[icon], sentence: text, section }
}

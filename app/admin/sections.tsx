import 'server-only'
import {
  Activity,
  AppWindow,
  BellRing,
  Cable,
  Gauge,
  Handshake,
  KeyRound,
  KeySquare,
  Plug,
  ScrollText,
  Settings,
  ShieldQuestionMark,
  Stethoscope,
  Users,
  Waypoints,
} from 'lucide-react'
import type { Section } from '@/components/admin/shell/sections'
import { listAudit } from '@/lib/admin/audit/audit'
import { listEveryClient } from '@/lib/admin/clients/clients'
import { listConnections } from '@/lib/admin/connections/connections'
import type { Downloadable } from '@/lib/admin/exports'
import { listHandshakes } from '@/lib/admin/handshakes/handshakes'
import { listEvents } from '@/lib/admin/log/log'
import { listOperators } from '@/lib/admin/people/people'
import { listSessions } from '@/lib/admin/sessions/sessions'
import { listTokens } from '@/lib/admin/tokens/tokens'
import { includesRole } from '@/lib/auth/session'
import { json } from '@/lib/http/responses'
import type { Role } from '@/lib/vocabulary'

type Declared = Section & {
  /** the list to download from it; who may not see the list does not see the section */
  readonly list?: Downloadable
}

const group = (label: string, ...items: readonly Omit<Declared, 'group'>[]): Declared[] =>
  items.map((item) => ({ ...item, group: label }))

/** The sections of the dashboard, in the order of the navigation. */
const sections: readonly Declared[] = [
  ...group(
    'Connect',
    { href: '/admin', label: 'Overview', icon: <Gauge />, key: 'o', shape: 'overview' },
    { href: '/admin/connect', label: 'Connect', icon: <Cable />, key: 'p', shape: 'cards' },
  ),
  ...group(
    'Watch',
    {
      href: '/admin/handshakes',
      label: 'Handshakes',
      icon: <Handshake />,
      key: 'h',
      list: listHandshakes,
    },
    {
      href: '/admin/log',
      label: 'Live log',
      icon: <Activity />,
      key: 'l',
      list: listEvents,
      search: 5,
      shape: 'lines',
    },
  ),
  ...group(
    'Manage',
    {
      href: '/admin/connections',
      label: 'Connections',
      icon: <Plug />,
      key: 'c',
      list: listConnections,
      search: 1,
    },
    {
      href: '/admin/clients',
      label: 'Clients',
      icon: <AppWindow />,
      key: 'a',
      list: listEveryClient,
      search: 2,
    },
    {
      href: '/admin/tokens',
      label: 'Tokens',
      icon: <KeyRound />,
      key: 't',
      list: listTokens,
      search: 3,
    },
    {
      href: '/admin/sessions',
      label: 'Sessions',
      icon: <Waypoints />,
      key: 's',
      list: listSessions,
      search: 4,
    },
    { href: '/admin/approvals', label: 'Approvals', icon: <ShieldQuestionMark />, key: 'v' },
  ),
  ...group(
    'Server',
    {
      href: '/admin/self-check',
      label: 'Self-check',
      icon: <Stethoscope />,
      key: 'f',
      shape: 'cards',
    },
    { href: '/admin/alerts', label: 'Alerts', icon: <BellRing />, key: 'n', shape: 'cards' },
    { href: '/admin/keys', label: 'Signing keys', icon: <KeySquare />, key: 'k', shape: 'rows' },
    {
      href: '/admin/operators',
      label: 'Operators',
      icon: <Users />,
      key: 'r',
      list: listOperators,
      search: 6,
    },
    { href: '/admin/audit', label: 'Audit', icon: <ScrollText />, key: 'u', list: listAudit },
    { href: '/admin/settings', label: 'Settings', icon: <Settings />, key: 'e' },
  ),
]

/** What the navigation shows to someone with this role. */
export const sectionsFor = (role: Role): Section[] =>
  sections.flatMap(({ list, ...section }) =>
    list && !includesRole(role, list.declared.role) ? [] : [section],
  )

/** Downloads the list of a section; needs the list's role. 404 if the section is not a list. */
export async function downloadList(
  request: Request,
  context: { readonly params: Promise<{ readonly list: string }> },
): Promise<Response> {
  const { list: name } = await context.params
  const section = sections.find(({ href }) => href === `/admin/${name}`)
  return section?.list ? section.list.download(request, context) : json({ error: 'not_found' }, 404)
}

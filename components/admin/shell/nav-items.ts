import {
  Activity,
  AppWindow,
  BellRing,
  Cable,
  Gauge,
  Handshake,
  KeyRound,
  KeySquare,
  type LucideIcon,
  Plug,
  ScrollText,
  Settings,
  ShieldQuestionMark,
  Stethoscope,
  Users,
  Waypoints,
} from 'lucide-react'
import type { Operator } from '@/lib/auth/operator'

export type NavItem = {
  readonly href: string
  readonly label: string
  readonly icon: LucideIcon
  /** shortcut after `g` */
  readonly key: string
  /** roles without access; absent if everyone has it */
  readonly hiddenFrom?: readonly Operator['role'][]
}

/** The sections of the dashboard. */
export const navItems: readonly NavItem[] = [
  { href: '/admin', label: 'Overview', icon: Gauge, key: 'o' },
  { href: '/admin/connect', label: 'Connect', icon: Cable, key: 'p' },
  { href: '/admin/handshakes', label: 'Handshakes', icon: Handshake, key: 'h' },
  { href: '/admin/connections', label: 'Connections', icon: Plug, key: 'c' },
  { href: '/admin/approvals', label: 'Approvals', icon: ShieldQuestionMark, key: 'v' },
  { href: '/admin/clients', label: 'Clients', icon: AppWindow, key: 'a' },
  { href: '/admin/tokens', label: 'Tokens', icon: KeyRound, key: 't' },
  { href: '/admin/sessions', label: 'Sessions', icon: Waypoints, key: 's' },
  { href: '/admin/keys', label: 'Signing keys', icon: KeySquare, key: 'k' },
  { href: '/admin/log', label: 'Live log', icon: Activity, key: 'l' },
  { href: '/admin/self-check', label: 'Self-check', icon: Stethoscope, key: 'f' },
  { href: '/admin/operators', label: 'Operators', icon: Users, key: 'r' },
  { href: '/admin/alerts', label: 'Alerts', icon: BellRing, key: 'n' },
  { href: '/admin/audit', label: 'Audit', icon: ScrollText, key: 'u', hiddenFrom: ['viewer'] },
  { href: '/admin/settings', label: 'Settings', icon: Settings, key: 'e' },
]

/** Whether a path is in a section; the overview has no subpages. */
export const isWithin = (path: string, href: string): boolean =>
  path === href || (href !== '/admin' && path.startsWith(`${href}/`))

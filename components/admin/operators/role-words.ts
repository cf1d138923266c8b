import type { OperatorRole } from '@/lib/admin/operator-views'

type RoleWords = {
  readonly label: string
  /** what it allows, continuing a sentence */
  readonly may: string
}

/** What each role is called and what it may do, the most powerful first. */
export const roleWords: Readonly<Record<OperatorRole, RoleWords>> = {
  admin: {
    label: 'Admin',
    may: 'runs this server: people and roles, clients, keys and settings, and all that an operator does.',
  },
  operator: {
    label: 'Operator',
    may: 'sees everything, and pauses or ends connections and sessions.',
  },
  viewer: { label: 'Viewer', may: 'sees the dashboard and changes nothing.' },
  member: { label: 'Member', may: 'allows connections in their own name, without the dashboard.' },
}

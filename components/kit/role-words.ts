import type { Role } from '@/lib/vocabulary'

type RoleWords = {
  readonly label: string
  /** begins a sentence: someone with this role */
  readonly who: string
  /** continues that sentence: what it allows */
  readonly may: string
}

/** Names and permissions of the roles, most powerful first. */
export const roleWords: Readonly<Record<Role, RoleWords>> = {
  admin: {
    label: 'Admin',
    who: 'An admin',
    may: 'runs this server: people and roles, clients, keys and settings, and all that an operator does.',
  },
  operator: {
    label: 'Operator',
    who: 'An operator',
    may: 'sees everything, and pauses or ends connections and sessions.',
  },
  viewer: { label: 'Viewer', who: 'A viewer', may: 'sees the dashboard and changes nothing.' },
  member: {
    label: 'Member',
    who: 'A member',
    may: 'allows connections in their own name, without the dashboard.',
  },
}

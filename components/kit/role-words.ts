import type { Role } from '@/lib/vocabulary'

type RoleWords = {
  readonly label: string
  /** whoever has it, to begin a sentence with */
  readonly who: string
  /** what it allows, continuing that sentence */
  readonly may: string
}

/** What each role is called and what it may do, the most powerful first. */
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

import type { SettingName } from '@/lib/admin/settings-views'

type FieldWords = {
  readonly name: SettingName
  readonly label: string
  readonly hint: string
  /** what follows a number of them */
  readonly unit?: string
}

/** The settings an admin may change, with what each does, in the order they are shown. */
export const settingFields: readonly FieldWords[] = [
  {
    name: 'serverName',
    label: 'Server name',
    hint: 'What people read when they are asked to allow an app, and what clients call this server.',
  },
  {
    name: 'accessTokenMinutes',
    label: 'Access tokens live for',
    unit: 'minutes',
    hint: '6 to 1,440. Counts for tokens from now on. A shorter life has clients refresh more often; revoking works at once either way.',
  },
  {
    name: 'refreshIdleDays',
    label: 'An unused connection lives for',
    unit: 'days',
    hint: '1 to 3,650. Counts from a connection’s next refresh.',
  },
  {
    name: 'refreshMaxDays',
    label: 'Any connection lives at most',
    unit: 'days',
    hint: '1 to 3,650, used or not. Then the person has to approve again.',
  },
  {
    name: 'eventDays',
    label: 'Events are kept for',
    unit: 'days',
    hint: '1 to 3,650. Older events and the handshakes made of them are deleted within the hour, and cannot be brought back. The audit trail is always kept.',
  },
  {
    name: 'eventMegabytes',
    label: 'Events take at most',
    unit: 'MiB',
    hint: '64 to 999,999. Beyond it the oldest events go within a minute: those of strangers first, those of attempts with a person last. The files that the database has keep their size.',
  },
]

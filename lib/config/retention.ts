import { defineSetting } from './define'
import { wholeNumber } from './texts'

/** How long tokens, connections and the log are kept. */
export const retention = {
  // Claude refreshes five minutes before expiry: below six minutes it would refresh at once
  accessTokenMinutes: defineSetting('PORTICO_ACCESS_TOKEN_MINUTES', wholeNumber(6, 1440), {
    default: '60',
    about: 'Lifetime of an access token, in minutes.',
    dashboard: {
      label: 'Access token lifetime',
      unit: 'minutes',
      hint: 'Applies to new tokens. With a shorter lifetime clients refresh more often; revoking works at once either way.',
    },
  }),
  refreshIdleDays: defineSetting('PORTICO_REFRESH_IDLE_DAYS', wholeNumber(1, 3650), {
    default: '30',
    about: 'Lifetime of an unused connection, in days.',
    dashboard: {
      label: 'Unused connection lifetime',
      unit: 'days',
      hint: 'Applies from a connection’s next refresh.',
    },
  }),
  refreshMaxDays: defineSetting('PORTICO_REFRESH_MAX_DAYS', wholeNumber(1, 3650), {
    default: '365',
    about:
      'Maximum age of a connection, used or not, in days; after that the person must approve again.',
    dashboard: {
      label: 'Maximum connection age',
      unit: 'days',
      hint: 'Used or not; after that the person must approve again.',
    },
  }),
  eventDays: defineSetting('PORTICO_EVENT_DAYS', wholeNumber(1, 3650), {
    default: '90',
    about: 'How long events and their handshakes are kept, in days.',
    dashboard: {
      label: 'Event retention',
      unit: 'days',
      hint: 'Older events and their handshakes are deleted within the hour and cannot be restored. The audit trail is always kept.',
    },
  }),
  // below 64 MiB, the events of a flood would not fit until they may be deleted
  eventMegabytes: defineSetting('PORTICO_EVENT_MEGABYTES', wholeNumber(64, 999_999), {
    default: { usual: '1024', embedded: '512' },
    about:
      'Size limit of the log, in MiB. Beyond it the oldest events are deleted, those of strangers first, those of attempts with a person last; the audit trail does not count.',
    dashboard: {
      label: 'Log size limit',
      unit: 'MiB',
      hint: 'Beyond it the oldest events are deleted within a minute: those of strangers first, those of attempts with a person last. The database’s files keep their size.',
    },
  }),
}

import { eventGroups, eventLabel } from '@/components/kit/event-presentation'
import type { Narrowing } from '@/components/kit/list/define-list'

/** The filters of the log. */
export const logNarrowing: Narrowing<null> = {
  path: '/admin/log',
  search: { label: 'Search the log', placeholder: 'Path, id, agent or address' },
  filters: [
    {
      name: 'event',
      label: 'Event',
      all: 'All events',
      choices: eventGroups.flatMap(({ label: group, names }) =>
        names.map((value) => ({ value, label: eventLabel(value), group })),
      ),
    },
    {
      name: 'outcome',
      label: 'Outcome',
      choices: [
        { value: '', label: 'All' },
        { value: 'ok', label: 'OK' },
        { value: 'refused', label: 'Refused' },
        { value: 'failed', label: 'Failed' },
      ],
    },
  ],
  more: [
    { name: 'path', label: 'Path begins with', placeholder: '/mcp' },
    { name: 'address', label: 'Address begins with', placeholder: '160.79.104.' },
    { name: 'client', label: 'Client id', placeholder: 'as in an event' },
    { name: 'user', label: 'Person', placeholder: 'email address or id' },
  ],
  links: ['grant', 'repeated'],
  formats: ['ndjson'],
}

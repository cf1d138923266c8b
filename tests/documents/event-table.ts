import { writeFileSync } from 'node:fs'
import { catalogue, type EventName, eventNames } from '@/lib/events/catalogue'

const row = (name: EventName): string => {
  const { section, detail } = catalogue[name]
  const members = Object.keys(detail).map((member) => `\`${member}\``)
  return `| \`${name}\` | ${section} | ${members.join(', ') || 'nothing'} |`
}

/** The table of every event, as it stands in docs/events.md. */
export const eventTable = (): string =>
  [
    '# Events',
    '',
    'Everything that happens is one event, written once and, but for the count below, never changed. The',
    'name is `noun.past-participle`. Besides its detail an event carries: id, time, outcome (`ok`, `refused`,',
    '`failed`), request id, method, path (never the query), status, milliseconds since the request',
    'arrived, client address and its network, user agent and what it means, the marks an edge left,',
    'and the ids of client, interaction, grant, session and user where they are known.',
    '',
    'What strangers send over and over is one event with `fold`, whose `count` and `lastAt` go up while',
    'it goes on: `same` for requests like it, `address` for others of that name from that address, `all`',
    'for others of that name. The last two come only where a minute has had too many events of strangers.',
    'What belongs to a connection, a session or a person is never folded, but for the challenges of a',
    'token that is not accepted any more.',
    '',
    'What a detail may hold is an allow-list. No event has a place for a token, code, verifier, secret,',
    'password or cookie.',
    '',
    '| Event | Defined in | Detail |',
    '|---|---|---|',
    ...eventNames.map(row),
    '',
  ].join('\n')

if (process.argv[1]?.endsWith('event-table.ts')) writeFileSync('docs/events.md', eventTable())

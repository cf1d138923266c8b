import type { Facts } from '../facts'
import { rule } from '../rule'

/** A busy server's longest statements take a second or two. */
const enoughMs = 5000

type Settings = NonNullable<Facts['databaseSettings']>

const encodingFix = {
  text: 'Create a database with the encoding UTF8 and move there: `npm run backup`, then `npm run restore`.',
  where: 'PostgreSQL',
  code: "CREATE DATABASE portico ENCODING 'UTF8' TEMPLATE template0",
}
const timeFix = {
  text: `Let a statement of Portico take at least ${enoughMs / 1000} s.`,
  where: 'PostgreSQL: the role or the database that Portico uses',
  code: `ALTER ROLE portico SET statement_timeout = '${enoughMs / 1000 + 25}s'`,
}

const isShort = ({ statementMs }: Settings): boolean => statementMs > 0 && statementMs < enoughMs

/** PostgreSQL settings that make requests fail now and then. */
export const databaseSettings = rule({
  id: 'database-settings',
  symptom: 'Some requests fail with 503 or 500 although the database is there',
  sources: [
    'https://www.postgresql.org/docs/current/multibyte.html',
    'https://www.postgresql.org/docs/current/runtime-config-client.html',
  ],
  judge: (handshake, { databaseSettings: settings }) => {
    if (handshake || !settings) return null
    const isNarrow = settings.encoding !== 'UTF8'
    if (!isNarrow && !isShort(settings)) return null
    return {
      confidence: 'likely',
      title: isNarrow
        ? `The encoding of the database is ${settings.encoding}, not UTF8`
        : `The database ends every statement after ${settings.statementMs} ms`,
      explanation: isNarrow
        ? 'Names of clients and people may be in any script. One that the encoding cannot represent cannot be stored, and its request fails.'
        : 'What takes longer is answered with 503: a list of many events, a search, or anything at all while the database is busy.',
      observations: [
        `server_encoding: ${settings.encoding}`,
        `statement_timeout: ${settings.statementMs} ms`,
      ],
      fix: [...(isNarrow ? [encodingFix] : []), ...(isShort(settings) ? [timeFix] : [])],
    }
  },
})

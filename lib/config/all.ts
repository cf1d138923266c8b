import { alerts } from './alerts'
import { clients } from './clients'
import { database } from './database'
import { variablesOf } from './define'
import { kept } from './kept'
import { server } from './server'
import type { Changeable, Setting } from './setting'
import { signIn } from './sign-in'
import { telemetry } from './telemetry'
import { vercel } from './vercel'

/** Every setting by its name. */
export const settings = {
  ...server,
  ...database,
  ...clients,
  ...kept,
  ...alerts,
  ...signIn,
  ...telemetry,
  ...vercel,
}

/** The same, as documents and the settings page have them. */
export const subjects: readonly {
  readonly title: string
  readonly settings: Readonly<Record<string, Setting>>
}[] = [
  { title: 'Server', settings: server },
  { title: 'Database and secret', settings: database },
  { title: 'Proxies and clients', settings: clients },
  { title: 'Tokens, connections and the log', settings: kept },
  { title: 'Signing in', settings: signIn },
  { title: 'Alerts', settings: alerts },
  { title: 'Observability', settings: telemetry },
  { title: 'Vercel, and platforms like it', settings: vercel },
]

/** Every environment variable that is read. */
export const variables = variablesOf(settings)

const entries: readonly [string, Setting][] = Object.entries(settings)

/** What an admin may change while the server runs, by name. */
export const changeable: readonly (Changeable & { readonly name: string })[] = entries.flatMap(
  ([name, setting]) => (setting.changeable ? [{ name, ...setting.changeable }] : []),
)

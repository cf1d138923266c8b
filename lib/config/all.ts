import { alerts } from './alerts'
import { clients } from './clients'
import { database } from './database'
import { variablesOf } from './define'
import { retention } from './retention'
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
  ...retention,
  ...alerts,
  ...signIn,
  ...telemetry,
  ...vercel,
}

/** The same by subject, as in the documentation. */
export const subjects: Readonly<Record<string, Readonly<Record<string, Setting>>>> = {
  Server: server,
  'Database and secret': database,
  'Proxies and clients': clients,
  'Tokens, connections and the log': retention,
  'Signing in': signIn,
  Alerts: alerts,
  Observability: telemetry,
  'Vercel, and platforms like it': vercel,
}

/** All environment variables that are read. */
export const variables = variablesOf(settings)

const entries: readonly [string, Setting][] = Object.entries(settings)

/** The settings that an admin may change while the server runs. */
export const changeable: readonly (Changeable & { readonly name: string })[] = entries.flatMap(
  ([name, setting]) => (setting.changeable ? [{ name, ...setting.changeable }] : []),
)

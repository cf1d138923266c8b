import { alerts } from './alerts'
import { clients } from './clients'
import { databaseGroup } from './database'
import { variablesOf } from './define'
import { retention } from './retention'
import { server } from './server'
import type { Changeable, Setting } from './setting'
import { signIn } from './sign-in'
import { telemetry } from './telemetry'
import { vercel } from './vercel'

/** Every setting by its name. */
export const settingGroups = {
  ...server,
  ...databaseGroup,
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
  'Database and secret': databaseGroup,
  'Proxies and clients': clients,
  'Tokens, connections and the log': retention,
  'Signing in': signIn,
  Alerts: alerts,
  Observability: telemetry,
  'Vercel, and platforms like it': vercel,
}

/** All environment variables that are read. */
export const variables = variablesOf(settingGroups)

const entries: readonly [string, Setting][] = Object.entries(settingGroups)

/** The settings that an admin may change while the server runs. */
export const changeable: readonly (Changeable & { readonly name: string })[] = entries.flatMap(
  ([name, setting]) => (setting.changeable ? [{ name, ...setting.changeable }] : []),
)

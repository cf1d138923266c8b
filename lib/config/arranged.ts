import type { z } from 'zod'
import type { settingGroups } from './all'

/** Groups related settings; a new setting appears under its own name. */
export function arranged(values: z.output<z.ZodObject<typeof settingGroups>>) {
  const { address, database, platform, webhook, email, ...others } = values
  const { github, google, oidc, newcomers, log, metrics, otlp, ...more } = others
  const { accessTokenMinutes, refreshIdleDays, refreshMaxDays, ...plain } = more
  return {
    ...plain,
    ...address,
    ...database,
    ...platform,
    alerts: { webhook, email },
    signIn: { github, google, oidc, ...newcomers },
    telemetry: { log, metrics, otlp },
    /** seconds */
    lifetimes: {
      accessToken: accessTokenMinutes * 60,
      refreshIdle: refreshIdleDays * 86_400,
      refreshMax: refreshMaxDays * 86_400,
    },
  }
}

/** The validated configuration; lib/config describes each member. */
export type Env = Readonly<ReturnType<typeof arranged>>

import type { Env } from './arranged'

/** A problem with the settings. */
export type Problem = {
  readonly variables: readonly string[]
  /** continues “NAME: ”, and repeats no value */
  readonly message: string
  /** the same as a sentence for the dashboard's form */
  readonly inForm?: string
}

/** Settings that contradict one another, though each is valid by itself. */
export function contradictions(env: Env): Problem[] {
  const problems: Problem[] = []
  const must = (isRight: boolean, variable: string, message: string, inForm?: string) => {
    if (!isRight) problems.push({ variables: [variable], message, ...(inForm && { inForm }) })
  }
  const { databaseUrl, directUrl, lifetimes, telemetry } = env
  const listen = telemetry.metrics?.listen
  if (env.isServerless) {
    must(databaseUrl !== null, 'DATABASE_URL', 'must be set on Vercel')
    must(env.secret !== null, 'PORTICO_SECRET', 'must be set on Vercel')
    const message = 'must be set where Vercel names no host of the deployment'
    must(env.origin !== '', 'PORTICO_URL', message)
    must(!listen, 'PORTICO_METRICS_PORT', 'must be empty on Vercel, where nothing can listen')
  } else must(listen?.port !== env.port, 'PORTICO_METRICS_PORT', 'must not be the PORT')
  must(!directUrl || databaseUrl !== null, 'DIRECT_URL', 'must be empty without DATABASE_URL')
  must(
    lifetimes.refreshIdle <= lifetimes.refreshMax,
    'PORTICO_REFRESH_IDLE_DAYS',
    'must not exceed PORTICO_REFRESH_MAX_DAYS',
    'An unused connection cannot live longer than any connection.',
  )
  return problems
}

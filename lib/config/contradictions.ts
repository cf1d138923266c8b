import type { Env } from './arranged'

/** A problem with the settings. */
export type Problem = {
  readonly variables: readonly string[]
  /** continues “NAME: ”, and repeats no value */
  readonly message: string
  /** the same as a sentence for the dashboard's form */
  readonly inForm?: string
}

function wrongOnVercel(env: Env): Problem[] {
  const must = (isSet: boolean, name: string, message = 'must be set on Vercel') =>
    isSet ? [] : [{ variables: [name], message }]
  return [
    ...must(env.databaseUrl !== null, 'DATABASE_URL'),
    ...must(env.secret !== null, 'PORTICO_SECRET'),
    ...must(
      env.origin !== '',
      'PORTICO_URL',
      'must be set where Vercel names no host of the deployment',
    ),
    ...must(
      !env.telemetry.metrics?.listen,
      'PORTICO_METRICS_PORT',
      'must be empty on Vercel, where nothing can listen',
    ),
  ]
}

/** Settings that contradict one another, though each is valid by itself. */
export function contradictions(env: Env): Problem[] {
  const problems = env.isServerless ? wrongOnVercel(env) : []
  const wrong = (variable: string, message: string, inForm?: string) =>
    problems.push({ variables: [variable], message, ...(inForm && { inForm }) })
  if (!env.isServerless && env.telemetry.metrics?.listen?.port === env.port) {
    wrong('PORTICO_METRICS_PORT', 'must not be the PORT')
  }
  if (env.directUrl && !env.databaseUrl) wrong('DIRECT_URL', 'must be empty without DATABASE_URL')
  if (env.lifetimes.refreshIdle > env.lifetimes.refreshMax) {
    wrong(
      'PORTICO_REFRESH_IDLE_DAYS',
      'must not exceed PORTICO_REFRESH_MAX_DAYS',
      'An unused connection cannot live longer than any connection.',
    )
  }
  return problems
}

import 'server-only'
import { adoptConsole } from '@/lib/cli/log.mjs'
import { ConfigurationError, env } from '@/lib/config/env'
import { startWithFirstRequest } from '@/lib/runtime/start-gate'

/** With an invalid configuration, the start reports it. */
function isServerless(): boolean {
  try {
    return env().isServerless
  } catch (error) {
    if (error instanceof ConfigurationError) return false
    throw error
  }
}

/**
 * Starts this process, or lets the first request start it. On a serverless platform the proxy is a
 * separate function that never waits for a start, so nothing is loaded for it here.
 */
export async function begin(): Promise<void> {
  if (isServerless()) {
    adoptConsole()
    startWithFirstRequest(async () => (await import('./serverless')).startFunction())
    return
  }
  const { startOrExit } = await import('@/lib/server/startup')
  await startOrExit()
}

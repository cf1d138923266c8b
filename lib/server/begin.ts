import 'server-only'
import { adoptConsole } from '@/lib/cli/log.mjs'
import { ConfigurationError, env } from '@/lib/config/env'
import { startWithFirstRequest } from '@/lib/runtime/start-gate'

/** Where the configuration is wrong, the start says so. */
function isServerless(): boolean {
  try {
    return env().isServerless
  } catch (error) {
    if (error instanceof ConfigurationError) return false
    throw error
  }
}

/**
 * Starts this process, or has its first request start it. The proxy is a function of its own on a
 * platform of functions and never waits for a start, so that nothing is loaded for it here.
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

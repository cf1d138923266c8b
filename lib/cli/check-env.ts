import { ConfigurationError, readEnv } from '@/lib/config/env'
import { say } from './log.mjs'

try {
  readEnv(process.env)
} catch (error) {
  const problems = error instanceof ConfigurationError ? error.problems : [String(error)]
  for (const problem of problems) say('error', problem)
  process.exit(1)
}

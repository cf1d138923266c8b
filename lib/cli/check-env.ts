import { readEnv } from '@/lib/env'

try {
  readEnv(process.env)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

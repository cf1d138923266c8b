import 'server-only'
import { env } from '@/lib/config/env'

/**
 * A list for `AbortSignal.any` that ends an event stream before the platform does: to the platform, a
 * cut stream is an error and an ended one is not. The client reconnects by itself.
 */
export function streamLimit(): readonly AbortSignal[] {
  const { streamSeconds } = env()
  return streamSeconds === null ? [] : [AbortSignal.timeout(streamSeconds * 1000)]
}

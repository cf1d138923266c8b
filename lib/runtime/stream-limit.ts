import 'server-only'
import { env } from '@/lib/config/env'

/**
 * Ends a stream of events before the platform does, as a list for `AbortSignal.any`: a stream that is
 * cut is an error to the platform, and one that ends is none. Its reader connects again by itself.
 */
export function streamLimit(): readonly AbortSignal[] {
  const { streamSeconds } = env()
  return streamSeconds === null ? [] : [AbortSignal.timeout(streamSeconds * 1000)]
}

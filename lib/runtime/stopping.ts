import 'server-only'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'

const controller = processWide('stopping', () => new AbortController())

/** Aborts when the process is asked to stop: endless streams end themselves, so that it can. */
export const stopping: AbortSignal = controller.signal

/** Ends every open stream. */
export const stopStreams = (): void => controller.abort()

/**
 * A list for `AbortSignal.any` that ends an event stream before the platform does: to the platform, a
 * cut stream is an error and an ended one is not. The client reconnects by itself.
 */
export function streamLimit(): readonly AbortSignal[] {
  const { streamSeconds } = env()
  return streamSeconds === null ? [] : [AbortSignal.timeout(streamSeconds * 1000)]
}

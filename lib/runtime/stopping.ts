import 'server-only'
import { processWide } from '@/lib/process-wide'

const controller = processWide('stopping', () => new AbortController())

/** Aborts when the process is asked to stop: endless streams end themselves, so that it can. */
export const stopping: AbortSignal = controller.signal

/** Ends every open stream. */
export const stopStreams = (): void => controller.abort()

import 'server-only'
import type { Server } from 'node:http'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { startMeasuring } from './counting'

type Running = {
  port: Server | null
  stopSending: (() => Promise<void>) | null
  isStarted: boolean
}

const running = processWide(
  'telemetry',
  (): Running => ({ port: null, stopSending: null, isStarted: false }),
)

/**
 * Starts the metrics and exports that are configured; loads nothing otherwise.
 *
 * @throws {Error} if the metrics port cannot be opened
 */
export async function startTelemetry(): Promise<void> {
  const { metrics, otlp } = env().telemetry
  // after a failed start, the next request to a function starts it again
  if (running.isStarted) return
  if (metrics || otlp) startMeasuring()
  if (metrics) {
    const { startPrometheus } = await import('./prometheus')
    startPrometheus()
    const { openMetricsPort } = await import('./metrics-port')
    running.port = await openMetricsPort(metrics)
  }
  if (otlp) {
    const { startSending } = await import('./otlp')
    running.stopSending = startSending(otlp)
  }
  running.isStarted = true
}

/** Flushes the exports, as long as a stop allows, and closes the port. */
export async function stopTelemetry(): Promise<void> {
  running.port?.close()
  running.port?.closeAllConnections()
  await running.stopSending?.()
}

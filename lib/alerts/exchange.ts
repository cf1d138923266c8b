import 'server-only'
import { env } from '@/lib/config/env'
import { openExchange } from '@/lib/recorder/exchange'
import type { Exchange } from '@/lib/recorder/request'

/** The exchange of an alert that nobody asked for. It names no grant: it is no part of a handshake. */
export const alertExchange = (): Exchange =>
  openExchange({ method: 'ALERT', path: '/', headers: new Headers() }, env().proxyHops)

import 'server-only'
import { env } from '@/lib/config/env'
import { type Exchange, openExchange } from '@/lib/recorder/exchange'

/** The exchange of an alert that nobody asked for. It names no grant: it is no part of a handshake. */
export const alertExchange = (): Exchange =>
  openExchange({ method: 'ALERT', path: '/', headers: new Headers() }, env().proxyHops)

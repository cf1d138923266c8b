import 'server-only'
import { env } from '@/lib/config/env'
import { openExchange } from '@/lib/recorder/exchange'
import type { Exchange } from '@/lib/recorder/request'

/** The exchange of an automatic alert. It names no grant, so that it joins no handshake. */
export const alertExchange = (): Exchange =>
  openExchange({ method: 'ALERT', path: '/', headers: new Headers() }, env().proxyHops)

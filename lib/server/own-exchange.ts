import { env } from '@/lib/config/env'
import { openExchange } from '@/lib/recorder/exchange'
import type { Exchange } from '@/lib/recorder/request'

/** An exchange for work of Portico itself, which no request asked for. */
export const ownExchange = (method: string, path = '/'): Exchange =>
  openExchange({ method, path, headers: new Headers() }, env().proxyHops)

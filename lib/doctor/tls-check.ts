import 'server-only'
import { once } from 'node:events'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { env } from '@/lib/config/env'
import type { OtherServer } from '@/lib/diagnosis/facts'
import { tlsCauseOf } from '@/lib/tls-cause'

/** A server that is reached over TLS, and its display name. */
export type TlsServer = {
  readonly what: string
  readonly hostname: string
  readonly port: number
}

/** The TLS fault of a server, or `null`. Only the TLS handshake is made; no data is sent. */
async function tlsFaultOf(
  { hostname, port }: TlsServer,
  timeoutMs: number,
): Promise<string | null> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const socket = connect({ host, port, ...(isIP(host) ? {} : { servername: host }) })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(timeoutMs) })
    return null
  } catch (error) {
    return tlsCauseOf(error)?.code ?? null
  } finally {
    socket.destroy()
  }
}

/**
 * Checks the certificates of other servers. A server that does not answer has no TLS fault; whatever
 * needs it reports that.
 */
export const checkTls = (
  servers: readonly TlsServer[],
  timeoutMs: number,
): Promise<OtherServer[]> =>
  Promise.all(
    servers.map(async (server) => ({
      what: server.what,
      at: `${server.hostname}:${server.port}`,
      tls: await tlsFaultOf(server, timeoutMs),
    })),
  )

const at = (what: string, address: string): TlsServer[] => {
  const { protocol, hostname, port } = new URL(address)
  return protocol === 'https:' ? [{ what, hostname, port: Number(port || 443) }] : []
}

/**
 * The configured servers that this one reaches with implicit TLS. The OpenTelemetry collector has its
 * own certificate settings, and PostgreSQL is in constant use: both report their own faults.
 */
export function neededServers(): TlsServer[] {
  const { signIn, alerts } = env()
  const { webhook, email } = alerts
  const mail = email?.server.implicitTls
    ? [{ what: 'the mail server', hostname: email.server.host, port: email.server.port }]
    : []
  return [
    ...(signIn.oidc ? at(`the sign-in provider ${signIn.oidc.name}`, signIn.oidc.issuer) : []),
    ...(signIn.github ? at('the sign-in provider GitHub', 'https://github.com') : []),
    ...(signIn.google ? at('the sign-in provider Google', 'https://accounts.google.com') : []),
    ...(webhook ? at('the receiver of alerts', webhook.url) : []),
    ...mail,
  ]
}

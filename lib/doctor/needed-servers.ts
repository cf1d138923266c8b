import 'server-only'
import { env } from '@/lib/config/env'
import type { TlsServer } from '@/lib/doctor/tls-check'

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

import 'server-only'
import { env } from '@/lib/config/env'
import type { TlsServer } from '@/lib/doctor/tls-check'

const at = (what: string, address: string): TlsServer[] => {
  const { protocol, hostname, port } = new URL(address)
  return protocol === 'https:' ? [{ what, hostname, port: Number(port || 443) }] : []
}

/**
 * The servers that this one is set to reach by TLS from the first byte. The collector of OpenTelemetry
 * has certificates of its own settings, and PostgreSQL is asked all the time: each says its fault itself.
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

import { z } from 'zod'
import { isLoopbackHost } from './loopback'

/** A server that takes e-mail (RFC 5321, RFC 6409). */
export type SmtpServer = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte (RFC 8314 §3.3), not by STARTTLS */
  readonly implicitTls: boolean
  readonly credentials: { readonly user: string; readonly pass: string } | null
}

/** Where alerts go; `null` for a channel that is not set. */
export type AlertSettings = {
  readonly webhook: {
    readonly url: string
    /** the signing key itself, not its base64 form */
    readonly key: Uint8Array
  } | null
  readonly email: {
    readonly server: SmtpServer
    readonly from: string
    readonly to: readonly string[]
  } | null
}

const webhookUrl = z.string().transform((value, issue) => {
  const url = URL.canParse(value) ? new URL(value) : null
  const isPlain = url?.protocol === 'http:' && isLoopbackHost(url.hostname)
  if (url && (url.protocol === 'https:' || isPlain)) return url.href
  issue.addIssue({ code: 'custom', message: 'must be an https URL, or http on localhost' })
  return z.NEVER
})

// https://www.standardwebhooks.com, "Signature scheme"
const webhookKey = z.string().transform((value, issue): Uint8Array => {
  const base64 = value.replace(/^whsec_/, '')
  const key = Buffer.from(base64, 'base64')
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  if (isBase64 && key.byteLength >= 24 && key.byteLength <= 64) return key
  const message = 'must be 24 to 64 bytes in base64, such as from "openssl rand -base64 32"'
  issue.addIssue({ code: 'custom', message })
  return z.NEVER
})

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const smtpUrl = z.string().transform((value, issue): SmtpServer => {
  const url = URL.canParse(value) ? new URL(value) : null
  const isBare = url && !url.search && !url.hash && /^\/?$/.test(url.pathname)
  if (url?.hostname && isBare && /^smtps?:$/.test(url.protocol)) {
    const implicitTls = url.protocol === 'smtps:'
    const user = decoded(url.username)
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      // message submission: RFC 6409 §3.1, RFC 8314 §3.3
      port: Number(url.port) || (implicitTls ? 465 : 587),
      implicitTls,
      credentials: user ? { user, pass: decoded(url.password) } : null,
    }
  }
  const message = 'must be smtp://user:password@host:port or smtps://…'
  issue.addIssue({ code: 'custom', message })
  return z.NEVER
})

const mailbox = z.string().refine((value) => {
  const address = /^[^<>\p{Cc}]*<([^<>]+)>$/u.exec(value)?.[1] ?? value
  return z.email().safeParse(address).success
}, 'must be an e-mail address, with or without a name')

/** The variables that say where alerts go, and how each is read. */
export const alertVariables = {
  PORTICO_ALERT_WEBHOOK_URL: webhookUrl.optional(),
  PORTICO_ALERT_WEBHOOK_SECRET: webhookKey.optional(),
  PORTICO_ALERT_EMAIL: z
    .string()
    .transform((value) => value.split(',').map((one) => one.trim()))
    .pipe(z.array(z.email('must be e-mail addresses')))
    .optional(),
  PORTICO_SMTP_URL: smtpUrl.optional(),
  PORTICO_SMTP_FROM: mailbox.optional(),
}

const schema = z.object(alertVariables)

/** The channels that are set. A channel whose settings are not complete is none. */
export function alertSettings(data: z.output<typeof schema>): AlertSettings {
  const { PORTICO_ALERT_WEBHOOK_URL: url, PORTICO_ALERT_WEBHOOK_SECRET: key } = data
  const { PORTICO_ALERT_EMAIL: to, PORTICO_SMTP_URL: server, PORTICO_SMTP_FROM: from } = data
  return {
    webhook: url && key ? { url, key } : null,
    email: to && server && from ? { server, from, to } : null,
  }
}

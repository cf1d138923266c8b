import { z } from 'zod'
import { allOrNone, defineSetting } from './define'
import { commaSeparated, otherServer } from './texts'

/** A mail submission server (RFC 5321, RFC 6409). */
export type SmtpServer = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte (RFC 8314 §3.3), not by STARTTLS */
  readonly implicitTls: boolean
  readonly credentials: { readonly user: string; readonly pass: string } | null
}

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

/** Who receives alerts of handshakes that stalled or failed. */
export const alerts = {
  webhook: allOrNone(
    {
      url: defineSetting(
        'PORTICO_ALERT_WEBHOOK_URL',
        otherServer.transform((value) => new URL(value).href),
        {
          about:
            'Sends alerts of handshakes that stalled or failed as a `POST` signed as in Standard Webhooks (https://www.standardwebhooks.com); a Slack incoming webhook accepts it too. https, or http on loopback.',
          see: 'alerts.md',
        },
      ),
      /** the signing key itself, not its base64 form */
      key: defineSetting('PORTICO_ALERT_WEBHOOK_SECRET', webhookKey, {
        about:
          'The key that signs those requests: 24 to 64 bytes in base64 (`openssl rand -base64 32`), with or without the prefix `whsec_`.',
      }),
    },
    {
      page: {
        group: 'Alerts',
        label: 'Webhook',
        off: 'Not set',
        // the rest of the URL may be a secret
        format: (webhook) => webhook && `To ${new URL(webhook.url).host}`,
      },
    },
  ),
  email: allOrNone(
    {
      to: defineSetting(
        'PORTICO_ALERT_EMAIL',
        commaSeparated(z.email('must be e-mail addresses')),
        { about: 'Sends the same alerts by e-mail: recipients, comma-separated.' },
      ),
      server: defineSetting('PORTICO_SMTP_URL', smtpUrl, {
        about:
          'The mail server, as `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host:465`. Percent-encode special characters in user and password.',
      }),
      from: defineSetting('PORTICO_SMTP_FROM', mailbox, {
        about: 'The sender, as `portico@example.com` or `Portico <portico@example.com>`.',
      }),
    },
    {
      page: {
        group: 'Alerts',
        label: 'Email',
        off: 'Not set',
        format: (email) => email && `To ${email.to.join(', ')} via ${email.server.host}`,
      },
    },
  ),
}

/** The webhook for alerts, with its signing key. */
export type Webhook = NonNullable<z.output<typeof alerts.webhook>>

/** The recipients, mail server and sender of alerts. */
export type Email = NonNullable<z.output<typeof alerts.email>>

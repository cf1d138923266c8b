import 'server-only'
import { createTransport } from 'nodemailer'
import type { Email } from '@/lib/config/alerts'
import type { AlertText } from '@/lib/diagnosis/alert-text'
import { isLoopbackHost } from '@/lib/loopback'
import { cleanOutcome, type DeliveryAttempt, reasonOf } from './attempt'

const patienceMs = 10_000

function transportFor({ server }: Email) {
  const { host, port, implicitTls, credentials } = server
  return createTransport({
    host,
    port,
    secure: implicitTls,
    // uses STARTTLS where offered; never sends a password without it (RFC 8314 §4.1)
    requireTLS: credentials !== null && !isLoopbackHost(host),
    ...(credentials ? { auth: { ...credentials } } : {}),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

const inWords = (accepted: number, refused: number): string =>
  refused === 0
    ? `accepted for ${accepted === 1 ? 'one recipient' : `${accepted} recipients`}`
    : `accepted for ${accepted} of ${accepted + refused} recipients`

/**
 * Sends an alert to the mail server as one plain-text message to all recipients.
 *
 * @param id the same in every attempt; makes the Message-ID (RFC 5322 §3.6.4)
 */
export async function sendEmail(
  email: Email,
  id: string,
  { subject, text }: AlertText,
  signal: AbortSignal,
): Promise<DeliveryAttempt> {
  const transport = transportFor(email)
  const domain = /@([^@>]+)>?$/.exec(email.from)?.[1] ?? 'localhost'
  const message = {
    from: email.from,
    to: [...email.to],
    subject,
    text: `${text}\n`,
    messageId: `<${id}@${domain}>`,
    // suppresses automatic replies (RFC 3834 §2)
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
  try {
    const sent = await Promise.race([transport.sendMail(message), aborted(signal)])
    return { ok: true, outcome: inWords(sent.accepted.length, sent.rejected.length) }
  } catch (error) {
    const { pass = '' } = email.server.credentials ?? {}
    const secrets = [pass, Buffer.from(pass).toString('base64')]
    return { ok: false, outcome: cleanOutcome(reasonOf(error), secrets) }
  } finally {
    transport.close()
  }
}

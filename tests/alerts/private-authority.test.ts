import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendEmail } from '@/lib/alerts/email'
import { postWebhook } from '@/lib/alerts/webhook'
import { startUntrusted, type UntrustedServer } from '../support/mcp/untrusted-server'

let server: UntrustedServer
beforeAll(async () => {
  server = await startUntrusted()
})
afterAll(() => server.close())

const cause =
  /^its certificate is self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\); .*NODE_EXTRA_CA_CERTS/

test('a receiver of alerts with a certificate of its own authority is told by that', async () => {
  const webhook = { url: `https://${server.host}/hook`, key: Buffer.alloc(32) }
  const { ok, outcome } = await postWebhook(webhook, 'msg_1', '{}', AbortSignal.timeout(5000))
  expect(ok).toBe(false)
  expect(outcome).toMatch(cause)
})

test('so is a mail server', async () => {
  const [host = '', port] = server.host.split(':')
  const email = {
    server: { host, port: Number(port), implicitTls: true, credentials: null },
    from: 'portico@example.com',
    to: ['ada@example.com'],
  }
  const text = { subject: 'A test', text: 'A test' }
  const { ok, outcome } = await sendEmail(email, 'msg_1', text, AbortSignal.timeout(5000))
  expect(ok).toBe(false)
  expect(outcome).toMatch(cause)
})

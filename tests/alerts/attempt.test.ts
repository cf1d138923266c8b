import { expect, test } from 'vitest'
import { cleanOutcome, reasonOf } from '@/lib/alerts/attempt'
import { retryIn } from '@/lib/alerts/schedule'
import { webhookSignature } from '@/lib/alerts/webhook'

test('a signature is that of the Standard Webhooks specification', () => {
  // the example of its reference libraries
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
  expect(webhookSignature(key, id, 1_614_265_330, '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

test('attempts are further and further apart, and there are five', () => {
  const waits = [1, 2, 3, 4, 5, 6].map(retryIn)
  expect(waits.map((ms) => ms && ms / 1000)).toEqual([30, 120, 600, 3600, null, null])
})

test.each([
  ['HTTP 500: a\r\n\tb', [], 'HTTP 500: a b'],
  ['no such hook /services/T0/B0', ['/services/T0/B0'], 'no such hook …'],
  ['short ones stay: a', ['a', ''], 'short ones stay: a'],
  ['x'.repeat(300), [], 'x'.repeat(200)],
])('what is shown of %j', (text, secrets, shown) => {
  expect(cleanOutcome(text, secrets)).toBe(shown)
})

test.each([
  [new DOMException('', 'TimeoutError'), 'took too long'],
  [
    new TypeError('fetch failed', {
      cause: Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' }),
    }),
    'ECONNREFUSED: connect refused',
  ],
  [new Error('plain'), 'plain'],
  ['text', 'text'],
])('the reason of %s', (error, reason) => {
  expect(reasonOf(error)).toBe(reason)
})

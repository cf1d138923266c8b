import { expect, test } from 'vitest'
import { codeNeverRedeemed } from '@/lib/diagnosis/rules/code-never-redeemed'
import { consentCookieLost } from '@/lib/diagnosis/rules/consent-cookie-lost'
import { factsOf } from '../support/browser/looks'
import { began, handshakeOf, type Spec, upTo } from '../support/handshakes/handshakes'

/** What is said of an answer that left this server and did not arrive, and of a cookie that did not. */

const noToken = { kind: 'stalled', stage: 'token-issued' } as const

const sentTo = (redirectHost: string, times: number) => {
  const detail = { clientName: 'Claude', decision: 'allowed', became: 'allowed', redirectHost }
  const again = Array.from(
    { length: times },
    (_, index): Spec => ['consent.repeated', 9100 + index, 'browser', detail],
  )
  const issued: Spec = ['code.issued', 9001, 'browser', { expiresIn: 60, redirectHost }]
  const before = upTo('code.issued').filter(([name]) => name !== 'code.issued')
  return handshakeOf([...before, issued, ...again], noToken)
}

const said = (redirectHost: string, times: number) => {
  const found = codeNeverRedeemed.judge(sentTo(redirectHost, times), factsOf(), began + 60_000)
  if (!found) throw new Error('the rule says nothing')
  return found
}

test.each([
  ['the app that handles cursor:', /did not pass the answer to the app/],
  ['127.0.0.1:9', /program that waits for the answer was closed/],
  ['[::1]:9', /program that waits for the answer was closed/],
  ['claude.ai', /did not arrive at claude\.ai/],
])('%s is named where the browser did not get there', (host, why) => {
  const { title, explanation, observations } = said(host, 2)
  expect(title).toContain(host)
  expect(explanation).toMatch(why)
  expect(explanation).toContain('on the way to it and not in it')
  expect(observations.join()).toContain('sent the answer 3 times')
})

test('an answer that was given once is not said to have been given again', () => {
  const { explanation, observations } = said('claude.ai', 0)
  expect(explanation).not.toContain('on the way to it')
  expect(observations.join()).not.toContain('times')
})

test.each([
  ['scheme', /over http, and PORTICO_URL is https/, /Open this server at https/],
  ['host', /another address than PORTICO_URL/, /Open this server at https/],
  ['blocked', /blocks cookies/, /allow cookies/],
])('a cookie that was lost to %s says so, and what to do', (because, why, fix) => {
  const reason = { kind: 'cookie-lost', because }
  const detail = { what: 'sign-in', reason, origin: 'http://192.168.1.5:3000' }
  const handshake = handshakeOf(
    [...upTo('authorization.requested'), ['cookie.lost', 2500, 'browser', detail]],
    { kind: 'stalled', stage: 'signed-in' },
  )
  const found = consentCookieLost.judge(handshake, factsOf(), began + 60_000)
  expect(found?.explanation).toMatch(why)
  expect(found?.fix[0]?.text).toMatch(fix)
  expect(found?.observations).toEqual(['the page was opened at http://192.168.1.5:3000'])
})

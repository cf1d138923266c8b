import { describe, expect, it } from 'vitest'
import { networkOnly, redactEvent, redactText, shortenId } from '@/lib/handshake/redact'
import { clientScripts } from '../support/clients/claude-clients'
import { recordAttempt, withIds } from '../support/handshakes/recorded-attempt'

describe('a redacted text', () => {
  it.each([
    ['mail ada.l+x@example.co.uk now', 'mail [e-mail] now'],
    ['from 203.0.113.77 came', 'from 203.0.113.0/24 came'],
    ['for=198.51.100.7:443;by=10.0.0.9', 'for=198.51.100.0/24:443;by=10.0.0.0/24'],
    ['via 2001:db8:1:2::7', 'via 2001:db8:1::/48'],
    ['via 2001:db8:1:2:3:4:5:6.', 'via 2001:db8:1::/48.'],
    ['via [2001:db8::9]', 'via [2001:db8::/48]'],
    ['/consent/int_mP_DsX2Vx9QvoKv1_SNd0A/decision', '/consent/int_…Nd0A/decision'],
    ['token at_Qwertyuiopasdf was', 'token at_…asdf was'],
    ['4f0c2a4e-0000-4000-8000-0123456789ab', '…89ab'],
  ])('%j is %j', (text, expected) => {
    expect(redactText(text)).toBe(expected)
  })

  it.each([
    '18:24:53 token.issued',
    'python-httpx/0.28.1 and Mozilla/5.0 (X11; rv:145.0) Firefox/145.0.1',
    'https://claude.ai/oauth/mcp-oauth-client-metadata',
    'code_verifier does not match, invalid_grant',
    'client_secret_post',
    'portico:observe offline_access',
    '2025-11-25',
  ])('%j stays', (text) => {
    expect(redactText(text)).toBe(text)
  })
})

describe('an id', () => {
  it.each([
    ['client_AAAABBBBCCCC', 'client_…CCCC'],
    ['hs_182', 'hs_182'],
    ['https://claude.ai/oauth/x', 'https://claude.ai/oauth/x'],
    ['AAAABBBBCCCC', '…CCCC'],
  ])('%j is shortened to %j', (id, expected) => {
    expect(shortenId(id)).toBe(expected)
  })
})

it.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:1:2::7', '2001:db8:1::/48'],
  ['::1', '::/48'],
])('the network of %s is %s', (address, network) => {
  expect(networkOnly(address)).toBe(network)
})

it('a redacted event names nobody and no place', () => {
  for (const script of clientScripts) {
    const variation = { key: '12345678901', startsAt: 0, address: '203.0.113.77' }
    for (const event of withIds(recordAttempt(script, variation)).map((one) => ({
      ...one,
      edge: { 'cf-connecting-ip': '203.0.113.77', via: '1.1 proxy' },
      detail: { ...one.detail, email: 'ada@example.com', list: ['203.0.113.77'] },
    }))) {
      const text = JSON.stringify(redactEvent(event))
      expect(text).not.toMatch(
        /ada@|203\.0\.113\.77|198\.51\.100\.[1-9]|_12345678901|160\.79\.106\.\d+"/,
      )
      expect(text).toContain('1.1 proxy')
    }
  }
})

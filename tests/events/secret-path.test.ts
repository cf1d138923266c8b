import { describe, expect, it } from 'vitest'
import { pathWithoutSecrets } from '@/lib/events/secret-path'
import { openExchange } from '@/lib/recorder/exchange'

const token = `psh_${'aB3-_'.repeat(8)}xyz`
const setupToken = 'Zz9_-'.repeat(8).concat('abc')
const hex = (text: string) =>
  [...text].map((one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')
const HEX = (text: string) => hex(text).toUpperCase()

const disguises: readonly string[] = [
  `/shared/${token}`,
  `/shared/${token}/x`,
  `/shared/${token}/../${token}/y/`,
  `//shared//${token}//x`,
  `/x/shared/${token}`,
  `/SHARED/${token}`,
  `/shared/${token.toUpperCase()}`,
  `/shared/${token}.rsc`,
  `/shared/${token}.txt/x`,
  `/shared/${token};a=b`,
  `/shared\\${token}`,
  `/shared/${hex(token)}`,
  `/${HEX('shared')}/${token}/x`,
  `/shared%2f${token}`,
  `/shared%2F${hex(token)}%2fx`,
  `/shared/${encodeURIComponent(hex(token))}`,
  `/shared/${encodeURIComponent(encodeURIComponent(hex(token)))}/x`,
  `/shared/%zz${token}`,
  `/shared/%ff${hex(token)}`,
  `/shared/${token.slice(0, 30)}`,
  `/shared/\n${token}`,
  `/invite/${token}`,
  `/setup/${setupToken}`,
  `/setup/x/${setupToken}`,
  `/${token}`,
  `/callback/${setupToken}`,
  `/sign-in&next=/shared/${token}`,
  `/invite?token=${token}`.replace('?', '%3F'),
  `/.well-known/${token}/x`,
]

/** Whether so much of a secret is in a text that the rest could be guessed. */
const tells = (text: string, secret: string): boolean =>
  text.toLowerCase().includes(secret.toLowerCase().slice(8, 20))

function decodeAll(text: string): string {
  let all = text
  for (let round = 0; round < 6; round += 1) {
    all = all.replace(/%([0-9a-f]{2})/gi, (_, code) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
  }
  return all
}

describe('what is kept of a path', () => {
  it.each(disguises)('has no secret of %j', (path) => {
    expect(tells(decodeAll(path), token) || tells(decodeAll(path), setupToken)).toBe(true)
    const { path: kept } = openExchange({ method: 'GET', path, headers: new Headers() }, 0)
    expect(tells(decodeAll(kept), token)).toBe(false)
    expect(tells(decodeAll(kept), setupToken)).toBe(false)
    expect(kept).toContain('…')
  })

  it.each([
    '/',
    '/mcp',
    '/shared',
    '/shared/',
    '/setup',
    '/admin/operators/invite',
    '/nowhere/%1b%5b2J%E2%80%AE',
    '/100%',
    '/consent/int_Zz9_-Zz9_-Zz9_-Zz9_-ab',
    '/.well-known/oauth-authorization-server/a-path-that-is-rather-long',
    `/${'a'.repeat(400)}`,
  ])('is %j as it was sent', (path) => {
    expect(pathWithoutSecrets(path)).toBe(path)
  })

  it('says what a secret was', () => {
    expect(pathWithoutSecrets(`/callback/${token}`)).toBe('/callback/psh_…')
    expect(pathWithoutSecrets(`/shared/${token}/x`)).toBe('/shared/…')
  })
})

import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertionType } from '@/lib/oauth/client-assertion'
import { authorizationUrl, newPkce, postForm, register } from '../../support/oauth/oauth'
import { sharedOrigin } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const { challenge } = newPkce()
const client = await register(origin)

/** Something inside that nobody outside may make this server talk to. */
let inside: Server
let port: number
let connections = 0

beforeAll(async () => {
  inside = createServer((socket) => {
    connections += 1
    socket.destroy()
  }).listen(0)
  await once(inside, 'listening')
  port = (inside.address() as AddressInfo).port
})

afterAll(() => {
  inside.close()
  expect(connections).toBe(0)
})

const hosts: [string, string][] = [
  ['a loopback address', '127.0.0.1'],
  ['another loopback address', '127.8.8.8'],
  ['a loopback address of IPv6', '[::1]'],
  ['one in the other', '[::ffff:127.0.0.1]'],
  ['one in the other, in hexadecimal', '[::ffff:7f00:1]'],
  ['one behind NAT64', '[64:ff9b::7f00:1]'],
  ['one behind 6to4', '[2002:7f00:1::]'],
  ['a decimal number', '2130706433'],
  ['a hexadecimal number', '0x7f000001'],
  ['an octal number', '0177.0.0.1'],
  ['a short form', '127.1'],
  ['letters of another width', '１２７.0.0.1'],
  ['all addresses', '0.0.0.0'],
  ['all addresses of IPv6', '[::]'],
  ['the metadata of a cloud', '169.254.169.254'],
  ['that of IPv6', '[fd00:ec2::254]'],
  ['a private network', '10.0.0.1'],
  ['another', '172.16.0.1'],
  ['a third', '192.168.1.1'],
  ['the network of a carrier', '100.64.0.1'],
  ['a link-local address', '[fe80::1]'],
  ['a multicast address', '224.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['a name of this machine', 'localhost'],
  ['the same with a dot', 'localhost.'],
  ['a name below it', 'app.localhost'],
]

/** Nobody waits for a network that does not answer. */
const promptly = 3000

describe('SSRF (RFC 9700 §4.11, client ID metadata documents §8.6)', () => {
  test.each(hosts)(
    verifies(['A59', 'A12'], 'the document at %s is not fetched: %s'),
    async (_title, host) => {
      const since = Date.now()
      const id = `https://${host}:${port}/client.json`
      const redirect = `https://${host}:${port}/callback`
      const fields = { client_id: id, redirect_uri: redirect }
      const url = authorizationUrl(origin, client, challenge, fields)
      const response = await fetch(url, { redirect: 'manual' })
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
      expect(await response.text()).toContain('unauthorized_client')
      expect(Date.now() - since).toBeLessThan(promptly)
      expect(connections).toBe(0)
    },
  )

  test(verifies(['A59'], 'whatever it names, a stranger is told the same'), async () => {
    const names = ['localhost', '127.0.0.1', '10.0.0.1', '169.254.169.254', 'nowhere.invalid']
    const addresses = ['[fd00::1]', '[4000::1]', '[64:ff9b::a00:1]', '[::7f00:1]', '[2002:a00:1::]']
    const urls = [...names, ...addresses].flatMap((host) => [
      `https://${host}/client.json`,
      `https://${host}:${port}/client.json`,
      `https://${host}:22/client.json`,
    ])
    const told = await Promise.all(
      urls.map(async (id) => {
        const url = authorizationUrl(origin, client, challenge, { client_id: id })
        const since = performance.now()
        const response = await fetch(url, { redirect: 'manual' })
        // RFC 9110 §15.5.1 … and no sooner than another, so that the time tells nothing either
        expect(performance.now() - since).toBeGreaterThan(450)
        return (await response.text()).replace(/[0-9a-f-]{36}/g, '')
      }),
    )
    expect(new Set(told).size).toBe(1)
    expect(told[0]).toContain('the metadata document of this client cannot be used')
    expect(connections).toBe(0)
  })

  test.each(['http', 'ftp', 'file', 'gopher'])(
    verifies(['A12'], 'a client id of %s: is no address at all'),
    async (scheme) => {
      const id = `${scheme}://localhost:${port}/client.json`
      const url = authorizationUrl(origin, client, challenge, { client_id: id })
      const response = await fetch(url, { redirect: 'manual' })
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
      expect(connections).toBe(0)
    },
  )

  test.each(['127.0.0.1', 'localhost', '[::1]', '2130706433'])(
    verifies(['A59', 'A30'], 'keys of a client are not fetched from %s'),
    async (host) => {
      const { privateKey } = await generateKeyPair('ES256')
      const { client_id: id } = await register(origin, {
        token_endpoint_auth_method: 'private_key_jwt',
        jwks_uri: `https://${host}:${port}/jwks.json`,
      })
      const assertion = await new SignJWT({})
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(id)
        .setSubject(id)
        .setAudience(origin)
        .setExpirationTime('1m')
        .setJti('one')
        .sign(privateKey)
      const { status, body } = await postForm(`${origin}/token`, {
        grant_type: 'authorization_code',
        client_assertion_type: assertionType,
        client_assertion: assertion,
      })
      expect([status, body.error]).toEqual([401, 'invalid_client'])
      expect(connections).toBe(0)
    },
  )

  test('nothing else that a client registers is fetched', async () => {
    const { publicKey } = await generateKeyPair('ES256')
    const at = (path: string) => `https://localhost:${port}/${path}`
    await register(origin, {
      logo_uri: at('logo'),
      client_uri: at('home'),
      policy_uri: at('policy'),
      tos_uri: at('terms'),
      sector_identifier_uri: at('sector'),
      jwks: { keys: [await exportJWK(publicKey)] },
    })
    expect(connections).toBe(0)
  })
})

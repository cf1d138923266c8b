import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createPlain } from 'node:http'
import { createServer, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { tlsCauseInWords, tlsCauseOf } from '@/lib/tls-cause'

const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-tls-'))
afterAll(() => rmSync(directory, { recursive: true }))

const inDirectory = (name: string): string => path.join(directory, name)
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' })
const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

/** A certificate of its own, for a name. */
function selfSigned(name: string, host: string) {
  const files = ['-keyout', inDirectory(`${name}.key`), '-out', inDirectory(`${name}.pem`)]
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  openssl('req', '-x509', ...key, ...files, '-days', '2', ...names)
}

/** A certificate that the authority `ca` has issued. @param days it is valid for, or was */
function issued(name: string, host: string, ...valid: string[]) {
  const request = inDirectory(`${name}.csr`)
  openssl(
    'req',
    ...key,
    '-keyout',
    inDirectory(`${name}.key`),
    '-out',
    request,
    '-subj',
    `/CN=${host}`,
  )
  const by = ['-CA', inDirectory('ca.pem'), '-CAkey', inDirectory('ca.key'), '-CAcreateserial']
  openssl('x509', '-req', '-in', request, ...by, '-out', inDirectory(`${name}.pem`), ...valid)
}

selfSigned('self', 'localhost')
selfSigned('ca', 'ca.example')
issued('leaf', 'localhost', '-days', '2')
issued('late', 'localhost', '-days', '-1')
selfSigned('other', 'elsewhere.example')

const file = (name: string) => readFileSync(inDirectory(name), 'utf8')

/** What a client meets at a server with these certificates. */
async function meet(
  certificate: string,
  keyName: string,
  how: { readonly ca?: string; readonly viaFetch?: boolean } = {},
): Promise<unknown> {
  const server = createServer({ key: file(`${keyName}.key`), cert: certificate })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  const url = `https://localhost:${port}/`
  const error = how.viaFetch
    ? await fetch(url).catch((fault: unknown) => fault)
    : await new Promise((resolve) =>
        get(url, { ca: how.ca, agent: false }, resolve).on('error', resolve),
      )
  server.closeAllConnections()
  server.close()
  return error
}

describe('what a client meets is named', () => {
  test.each<[string, () => Promise<unknown>, string, boolean]>([
    [
      'a self-signed one',
      () => meet(file('self.pem'), 'self'),
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      true,
    ],
    [
      'a self-signed one, of fetch',
      () => meet(file('self.pem'), 'self', { viaFetch: true }),
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      true,
    ],
    [
      'a private authority, sent along',
      () => meet(file('leaf.pem') + file('ca.pem'), 'leaf'),
      'SELF_SIGNED_CERT_IN_CHAIN',
      true,
    ],
    [
      'a private authority, not sent along',
      () => meet(file('leaf.pem'), 'leaf'),
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      true,
    ],
    [
      'one that has expired',
      () => meet(file('late.pem'), 'late', { ca: file('ca.pem') }),
      'CERT_HAS_EXPIRED',
      false,
    ],
    [
      'one for another host',
      () => meet(file('other.pem'), 'other', { ca: file('other.pem') }),
      'ERR_TLS_CERT_ALTNAME_INVALID',
      false,
    ],
  ])('%s', async (_title, meeting, code, isOfAuthority) => {
    const error = await meeting()
    expect(tlsCauseOf(error)).toMatchObject({ code, isOfAuthority })
    // a library that keeps the sentence alone
    const told = Object(error).cause ?? error
    expect(tlsCauseOf(new Error(String(told.message)))?.code).toBe(code)
    expect(tlsCauseOf(tlsCauseInWords(error))?.code).toBe(code)
    expect(tlsCauseOf({ error: { cause: error } })?.code).toBe(code)
    expect(tlsCauseInWords(error)?.includes('NODE_EXTRA_CA_CERTS')).toBe(isOfAuthority)
  })

  test('plain HTTP where TLS is expected', async () => {
    const server = createPlain().listen(0)
    const { port } = server.address() as AddressInfo
    const error = await fetch(`https://localhost:${port}/`).catch((fault: unknown) => fault)
    server.close()
    expect(tlsCauseOf(error)?.code).toBe('ERR_SSL_WRONG_VERSION_NUMBER')
  })
})

test.each([
  new Error('connect ECONNREFUSED 127.0.0.1:9'),
  Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
  'timeout',
  null,
  undefined,
  42,
])('%s is no fault of TLS', (error) => {
  expect(tlsCauseOf(error)).toBeNull()
  expect(tlsCauseInWords(error)).toBeNull()
})

test('an error that causes itself ends', () => {
  const error: { cause?: unknown } = {}
  error.cause = error
  expect(tlsCauseOf(error)).toBeNull()
})

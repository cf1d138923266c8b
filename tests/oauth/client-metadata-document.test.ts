import { describe, expect, test } from 'vitest'
import {
  clientIdUrlProblem,
  documentLifetime,
  isClientIdUrl,
  readClientDocument,
} from '@/lib/oauth/client-metadata-document'
import { pinnedDocument } from '@/lib/oauth/pinned-documents'
import { uriProblemWords } from '@/lib/reasons'
import { refusalOf } from '../support/oauth/refusal'
import { verifies } from '../support/sources/verifies'

const url = 'https://app.example.com/oauth/client.json'
const redirectUri = 'https://app.example.com/callback'
const usual = { client_id: url, client_name: 'App', redirect_uris: [redirectUri] }
const publicKey = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }

describe('the URL of a document', () => {
  test.each([
    url,
    'https://claude.ai/oauth/mcp-oauth-client-metadata',
    'https://app.example.com:8443/client',
    'https://app.example.com/client?version=2',
    'https://app.example.com/a/',
    'https://app.example.com/.well-known/client',
    'https://app.example.com/a..b',
  ])(verifies(['A54'], '%s can be one'), (id) => {
    expect(clientIdUrlProblem(id)).toBeNull()
  })

  test.each([
    ['http://app.example.com/client', 'is not an https URL'],
    ['HTTPS://app.example.com/client', 'is not an https URL'],
    ['ftp://app.example.com/client', 'is not an https URL'],
    ['client_abc', 'is not an https URL'],
    ['https://app.example.com', 'has no path'],
    ['https://app.example.com/', 'has no path'],
    ['https://app.example.com?x=/y', 'has no path'],
    ['https://app.example.com/?x', 'has no path'],
    ['https://app.example.com/a/../client', 'has a dot segment'],
    ['https://app.example.com/./client', 'has a dot segment'],
    ['https://app.example.com/a/..', 'has a dot segment'],
    ['https://app.example.com/%2e%2E/client', 'has a dot segment'],
    ['https://app.example.com/.%2e/client', 'has a dot segment'],
    ['https://app.example.com/client#a', 'has a fragment'],
    ['https://app.example.com/client#', 'has a fragment'],
    ['https://user@app.example.com/client', 'has credentials'],
    ['https://user:pass@app.example.com/client', 'has credentials'],
    ['https://@app.example.com/client', 'has credentials'],
    ['https://', 'is not a URL'],
    ['https:///client', 'is not a URL'],
    ['https://app.example.com/cli ent', 'is not a URL'],
    ['https://app.example.com/\nclient', 'is not a URL'],
    ['https://аpp.example.com/client', 'is not a URL'],
    ['https://app.example.com:99999/client', 'is not a URL'],
    [`https://app.example.com/${'a'.repeat(500)}`, 'is too long'],
  ])(verifies(['A54'], '%j cannot: it %s'), (id, problem) => {
    const found = clientIdUrlProblem(id)
    expect(found && uriProblemWords(found)).toBe(problem)
  })

  test(verifies(['A51', 'A54'], 'no id that is made here is taken for one'), () => {
    expect(isClientIdUrl('client_AAAA')).toBe(false)
    expect(isClientIdUrl(url)).toBe(true)
  })
})

describe('a document', () => {
  test(verifies(['A56'], 'needs its URL, a name and redirect URIs, and no more'), () => {
    expect(readClientDocument(usual, url)).toMatchObject({
      name: 'App',
      redirectUris: [redirectUri],
      authMethod: 'none',
      jwks: null,
      jwksUri: null,
    })
  })

  test.each<[unknown]>([
    [null],
    ['text'],
    [[usual]],
    [{ ...usual, client_id: undefined }],
    [{ ...usual, client_id: `${url}/` }],
    [{ ...usual, client_id: url.toUpperCase() }],
    [{ ...usual, client_id: 'https://APP.example.com/oauth/client.json' }],
    [{ ...usual, client_id: 'https://app.example.com:443/oauth/client.json' }],
    [{ ...usual, client_id: [url] }],
    [{ ...usual, client_name: undefined }],
    [{ ...usual, client_name: ' ' }],
    [{ ...usual, client_name: 7 }],
    [{ ...usual, redirect_uris: undefined }],
    [{ ...usual, redirect_uris: [] }],
    [{ ...usual, redirect_uris: ['http://app.example.com/'] }],
  ])(verifies(['A56'], '%j is refused'), (document) => {
    expect(refusalOf(() => readClientDocument(document, url))).not.toBeNull()
  })

  test.each<[Record<string, unknown>]>([
    [{ client_secret: 's' }],
    [{ client_secret: null }],
    [{ client_secret_expires_at: 0 }],
    [{ token_endpoint_auth_method: 'client_secret_post' }],
    [{ token_endpoint_auth_method: { toString: '' } }],
    [{ token_endpoint_auth_method: ['client_secret_post'] }],
    [{ token_endpoint_auth_method: 'client_secret_basic' }],
    [{ token_endpoint_auth_method: 'client_secret_jwt' }],
    [{ jwks: { keys: [{ ...publicKey, d: 'd' }] } }],
    [{ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...publicKey, d: 'd' }] } }],
    [{ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'oct', k: 'k' }] } }],
  ])(verifies(['A57'], '%j is refused'), (members) => {
    const refusal = refusalOf(() => readClientDocument({ ...usual, ...members }, url))
    expect(refusal?.code).toBe('invalid_client_metadata')
  })

  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ jwks: { keys: [publicKey] } }, { jwks: { keys: [publicKey] }, jwksUri: null }],
    [
      { jwks_uri: 'https://app.example.com/jwks' },
      { jwks: null, jwksUri: 'https://app.example.com/jwks' },
    ],
  ])(verifies(['A58'], 'private_key_jwt is kept with %j'), (keys, kept) => {
    const members = { token_endpoint_auth_method: 'private_key_jwt', ...keys }
    expect(readClientDocument({ ...usual, ...members }, url)).toMatchObject({
      authMethod: 'private_key_jwt',
      ...kept,
    })
  })

  test(verifies(['A58'], 'private_key_jwt without keys is refused'), () => {
    const members = { token_endpoint_auth_method: 'private_key_jwt' }
    expect(refusalOf(() => readClientDocument({ ...usual, ...members }, url))).not.toBeNull()
  })

  test(verifies(['A62'], 'has no logo that is kept'), () => {
    const { echoed } = readClientDocument({ ...usual, logo_uri: 'https://a.example/i.png' }, url)
    expect(echoed).toEqual({})
  })
})

test.each<[string | null, number]>([
  [null, 3600],
  ['', 3600],
  ['public', 3600],
  ['max-age=600', 600],
  ['public, Max-Age=7200', 7200],
  ['max-age=600, s-maxage=900', 900],
  ['s-maxage=900, max-age=600', 900],
  ['max-age=0', 300],
  ['max-age=1', 300],
  ['max-age=999999999', 86_400],
  ['max-age=99999999999999', 86_400],
  ['no-store', 300],
  ['no-cache, max-age=600', 300],
  ['max-age=-1', 3600],
  ['max-age=x', 3600],
])(verifies(['A60'], 'Cache-Control %j keeps a document for %i s'), (cacheControl, seconds) => {
  expect(documentLifetime(cacheControl)).toBe(seconds)
})

test.each([
  ['https://claude.ai/oauth/mcp-oauth-client-metadata', 'Claude'],
  ['https://claude.ai/oauth/claude-code-client-metadata', 'Claude Code'],
])(verifies(['A56', 'A57'], 'the pinned copy of %s is a valid document'), (id, name) => {
  expect(readClientDocument(pinnedDocument(id), id)).toMatchObject({ name, authMethod: 'none' })
  expect(pinnedDocument(`${id}/`)).toBeNull()
})

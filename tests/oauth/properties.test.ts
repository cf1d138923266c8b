import fc from 'fast-check'
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { expect, test, vi } from 'vitest'
import { checkAuthorizationRequest, checkRedirectUri } from '@/lib/oauth/authorization-request'
import {
  assertionType,
  readClientAssertion,
  verifyClientAssertion,
} from '@/lib/oauth/client-assertion'
import { authenticateClient, readClientCredentials } from '@/lib/oauth/client-authentication'
import { readClientMetadata, registeredMetadata } from '@/lib/oauth/client-metadata'
import {
  clientIdUrlProblem,
  documentLifetime,
  readClientDocument,
} from '@/lib/oauth/client-metadata-document'
import { checkCodeExchange } from '@/lib/oauth/code-exchange'
import { OAuthError } from '@/lib/oauth/errors'
import { readParameters, readResources } from '@/lib/oauth/parameters'
import { matchRedirectUri, redirectHost, redirectUriProblem } from '@/lib/oauth/redirect-uri'
import { resolveResource } from '@/lib/oauth/resource'
import { describeScope, grantableScope, joinScope, narrowScope } from '@/lib/oauth/scope'
import { refusalOf } from '../support/oauth/refusal'
import { anyText, jsonWith, textOf } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 600_000 })

/** Inputs in all, over the shares of the tests below, which add up to 100. */
const inputs = process.env.CI === 'true' ? 200_000 : 20_000
const share = (percent: number) => ({ numRuns: (inputs * percent) / 100 })

/** An input that takes longer than this hangs. A machine that is busy takes its time, too. */
const longestMs = 2000

/** Runs what may only refuse as OAuth does, and soon. @returns how it refused */
function refusalSoon(run: () => unknown): OAuthError | null {
  const since = performance.now()
  const refusal = refusalOf(run)
  expect(performance.now() - since).toBeLessThan(longestMs)
  // RFC 6749 §5.2: what goes on the wire, and nothing that was sent with it
  if (refusal) expect(refusal.description).toMatch(/^[ !#-[\]-~]+$/)
  return refusal
}

const mcpUrl = 'https://portico.example/mcp'
const own = { mcpUrl, otherOrigins: [] }
const hostile = fc.oneof(
  anyText,
  fc.nat(20_000).map((length) => 'a'.repeat(length)),
  fc.nat(5000).map((length) => ' +'.repeat(length)),
)
const uris = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  textOf('https://', 'http://', 'localhost', '127.0.0.1', '[::1]', ':', '/', '..', '@', '%2f', '#'),
  textOf('com.example.app:', '//', '\\', '?', '&', '.', 'javascript:', '\t', '\u0130', '%'),
  hostile,
)
const scopes = fc.oneof(textOf('claudeai', 'offline_access', ' ', '+', '%20', '\u00a0'), hostile)

test(verifies(['A23', 'A40', 'F2'], 'any scope leads to a clean one, or to less'), () => {
  fc.assert(
    fc.property(scopes, scopes, (requested, granted) => {
      const scope = joinScope(grantableScope(requested))
      expect(scope).toMatch(/^claudeai( offline_access)?$/)
      expect(describeScope(scope).length).toBeGreaterThan(0)
      const clean = joinScope(grantableScope(granted))
      expect(clean).toContain(narrowScope(clean, requested) ?? '')
      refusalSoon(() => narrowScope(granted, requested))
    }),
    share(15),
  )
})

test(verifies(['A12', 'A13', 'A14'], 'any redirect URI is taken or refused'), () => {
  fc.assert(
    fc.property(fc.array(uris, { maxLength: 3 }), uris, (candidates, requested) => {
      const registered = candidates.filter((uri) => redirectUriProblem(uri) === null)
      for (const uri of registered) expect(redirectHost(uri)).not.toBe('')
      for (const policy of ['exact', 'interchangeable'] as const) {
        const refusal = refusalSoon(() => checkRedirectUri(registered, requested, policy))
        expect(refusal === null).toBe(matchRedirectUri(registered, requested, policy))
      }
    }),
    share(15),
  )
})

test(verifies(['A24'], 'any resource is the one or invalid_target'), () => {
  const near = textOf(mcpUrl, 'HTTPS://', 'portico.example', ':443', '/mcp', '/', '#', '?', '%6d')
  fc.assert(
    fc.property(fc.array(fc.oneof(near, uris), { maxLength: 3 }), (resources) => {
      const refusal = refusalSoon(() => resolveResource(resources, own))
      if (refusal) expect(refusal.code).toBe('invalid_target')
    }),
    share(10),
  )
})

const metadata = {
  redirect_uris: fc.array(uris, { maxLength: 4 }),
  client_name: hostile,
  client_uri: hostile,
  client_id: fc.oneof(fc.constant('https://client.example/doc'), anyText),
  software_id: hostile,
  scope: scopes,
  application_type: fc.constantFrom('web', 'native'),
  token_endpoint_auth_method: fc.constantFrom(
    'none',
    'client_secret_post',
    'client_secret_basic',
    'private_key_jwt',
  ),
  grant_types: fc.array(anyText, { maxLength: 3 }),
  response_types: fc.array(fc.constantFrom('code', 'token'), { maxLength: 2 }),
  jwks: fc.record({ keys: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 2 }) }),
  jwks_uri: uris,
}

test(verifies(['A47', 'A48', 'A49'], 'any registration is one or refused as one'), () => {
  fc.assert(
    fc.property(jsonWith(metadata), (body) => {
      const refusal = refusalSoon(() => {
        const told = registeredMetadata(readClientMetadata(body), 'claudeai')
        // what a database can hold, and no null but in keys, which are the client's own
        expect(Object.values(told)).not.toContain(null)
        expect(JSON.stringify(told)).not.toMatch(/\\u(0000|d[89a-f])/)
        expect(told.client_name.isWellFormed()).toBe(true)
        for (const uri of told.redirect_uris) expect(redirectUriProblem(uri)).toBeNull()
      })
      if (refusal) expect(refusal.code).toMatch(/^invalid_(redirect_uri|client_metadata)$/)
    }),
    share(15),
  )
})

test.each(['\0', '\ud800', 'x\udfff'])(
  verifies(['A49'], 'keys with %j, which no database keeps, are refused'),
  (text) => {
    for (const key of [{ kid: text }, { [text]: 'x' }]) {
      const body = {
        redirect_uris: ['https://client.example/cb'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [key] },
      }
      expect(refusalSoon(() => readClientMetadata(body))?.code).toBe('invalid_client_metadata')
    }
  },
)

test(verifies(['A49'], 'any metadata document is one or refused'), () => {
  const ids = fc.oneof(fc.constant('https://client.example/doc'), uris)
  fc.assert(
    fc.property(jsonWith(metadata), ids, hostile, (document, id, cacheControl) => {
      refusalSoon(() => clientIdUrlProblem(id))
      const refusal = refusalSoon(() => readClientDocument(document, id))
      if (refusal) expect(refusal.code).toMatch(/^invalid_(redirect_uri|client_metadata)$/)
      const lifetime = documentLifetime(cacheControl)
      expect(lifetime >= 300 && lifetime <= 86_400).toBe(true)
    }),
    share(10),
  )
})

const parameterNames = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'resource',
  'code',
  'code_verifier',
  'code_challenge',
  'code_challenge_method',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  '__proto__',
  'constructor',
]
const parameterValues = fc.oneof(
  hostile,
  uris,
  fc.constantFrom('code', 'query', 'S256', 'a'.repeat(43), assertionType, mcpUrl),
)
const parsed = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...parameterNames), anyText), parameterValues), {
    maxLength: 8,
  })
  .map((pairs) => new URLSearchParams(pairs))
const typed = textOf('a=b', '&', '=', '%', '%00', '%ff', '+', 'client_id=', 'resource=', '[]', ';')
const forms = fc.oneof(
  { weight: 3, arbitrary: parsed },
  typed.map((text) => new URLSearchParams(text)),
)

const someRequest = {
  response_type: 'code',
  code_challenge: 'a'.repeat(43),
  code_challenge_method: 'S256',
}
const someCode = {
  ...checkAuthorizationRequest(someRequest, [], own),
  clientId: 'client_x',
  redirectUri: 'https://client.example/cb',
  expiresAt: new Date(Date.now() + 60_000),
  consumedAt: null,
  grantStatus: 'active',
  userDisabled: false,
} as const

test(verifies(['A11', 'A22', 'A31'], 'any form is a request or refused'), () => {
  fc.assert(
    fc.property(forms, (form) => {
      refusalSoon(() => {
        const parameters = readParameters(form)
        const resources = readResources(form)
        for (const value of Object.values(parameters)) expect(value).toMatch(/^[^\0]+$/)
        refusalSoon(() => checkAuthorizationRequest(parameters, resources, own))
        const now = new Date()
        refusalSoon(() => checkCodeExchange(someCode, 'client_x', parameters, resources, own, now))
      })
    }),
    share(15),
  )
})

const secretClient = {
  id: 'client_x',
  authMethod: 'client_secret_basic',
  secretHash: 'x',
  disabledAt: null,
}

test(verifies(['A30', 'A35'], 'any Authorization header is read or refused'), () => {
  const encodedPair = fc
    .tuple(hostile, hostile)
    .map(([id, secret]) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`)
  const headers = fc.oneof(
    encodedPair,
    textOf('Basic ', 'basic', 'Bearer ', ' ', '=', '%', 'YTpi', ',', '\t'),
    hostile,
  )
  fc.assert(
    fc.property(headers, forms, (header, form) => {
      const refusal = refusalSoon(() => {
        const credentials = readClientCredentials(header, readParameters(form))
        expect(credentials.clientId).toMatch(/^[ -~]+$/)
        authenticateClient(secretClient, credentials)
      })
      expect(refusal?.code).toMatch(/^invalid_(client|request)$/)
    }),
    share(10),
  )
})

const jwtParts = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value)),
  fc
    .record(
      {
        alg: fc.constantFrom('ES256', 'none', 'HS256', 'RS256', ''),
        kid: anyText,
        crit: fc.array(anyText, { maxLength: 2 }),
        b64: fc.boolean(),
        sub: fc.constantFrom('client_x', ''),
        iss: fc.constantFrom('client_x', 1),
        aud: fc.constantFrom(mcpUrl, [mcpUrl], 17),
        exp: fc.oneof(fc.integer(), fc.double(), anyText),
        jti: anyText,
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
)
const encodedPart = fc.oneof(
  { weight: 5, arbitrary: jwtParts.map((part) => Buffer.from(part).toString('base64url')) },
  anyText,
)
const assertions = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(encodedPart, encodedPart, encodedPart).map((all) => all.join('.')),
  },
  hostile,
)

test(verifies(['A30'], 'any client assertion that nobody signed is refused'), async () => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  const keys = { keys: [await exportJWK(publicKey)] }
  await fc.assert(
    fc.asyncProperty(assertions, fc.option(anyText, { nil: undefined }), async (jwt, id) => {
      let read: ReturnType<typeof readClientAssertion> = null
      const parameters = {
        client_assertion: jwt,
        client_assertion_type: assertionType,
        client_id: id,
      }
      const refusal = refusalSoon(() => {
        read = readClientAssertion(parameters)
      })
      expect(refusal?.code ?? 'invalid_client').toBe('invalid_client')
      const assertion = read ?? { clientId: 'client_x', jwt }
      const outcome = verifyClientAssertion(assertion, keys, [mcpUrl], new Date())
      await expect(outcome).rejects.toBeInstanceOf(OAuthError)
    }),
    share(8),
  )
})

test(verifies(['A30'], 'any claims that the client did sign are taken or refused'), async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const keys = { keys: [await exportJWK(publicKey)] }
  const claims = fc.record(
    {
      iss: fc.oneof({ weight: 5, arbitrary: fc.constant('client_x') }, anyText),
      sub: fc.oneof({ weight: 5, arbitrary: fc.constant('client_x') }, anyText),
      aud: fc.oneof({ weight: 5, arbitrary: fc.constant(mcpUrl) }, fc.jsonValue({ maxDepth: 1 })),
      exp: fc.oneof(fc.integer({ min: 1, max: 4e9 }), fc.double(), anyText),
      nbf: fc.oneof(fc.integer(), anyText),
      jti: fc.oneof(anyText, fc.jsonValue({ maxDepth: 1 })),
    },
    { requiredKeys: ['iss', 'sub', 'aud'] },
  )
  await fc.assert(
    fc.asyncProperty(claims, async (payload) => {
      // not by a library for claims, which would refuse the odd ones itself
      const jwt = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'ES256' })
        .sign(privateKey)
      const assertion = { clientId: 'client_x', jwt }
      const outcome = await verifyClientAssertion(assertion, keys, [mcpUrl], new Date()).catch(
        (error: unknown) => error,
      )
      if (outcome instanceof OAuthError) expect(outcome.code).toBe('invalid_client')
      else expect(outcome).toMatchObject({ expiresAt: expect.any(Date) })
    }),
    share(2),
  )
})

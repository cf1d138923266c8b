import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRedirectUri } from '@/lib/oauth/authorization-request'
import {
  isLoopbackRedirect,
  matchRedirectUri,
  redirectHost,
  redirectUriProblem,
  redirectWith,
} from '@/lib/oauth/redirect-uri'
import { uriProblemWords } from '@/lib/reasons'
import { refusalOf } from '../support/oauth/refusal'
import { registrations } from '../support/oauth/registrations'
import { anyText, textOf } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

const uriText = textOf(
  'http:',
  'https:',
  'javascript:',
  'cursor:',
  '//',
  '\\\\',
  'localhost',
  '127.0.0.1',
  '[::1]',
  'app.example.com',
  ':8080',
  '@',
  '/',
  '/callback',
  '..',
  '?a=b',
  '#',
  '%2f',
)

describe('redirectUriProblem', () => {
  test.each([
    ...Object.values(registrations).flatMap(({ redirect_uris: uris }) => [...uris]),
    'https://claude.com/api/mcp/auth_callback',
    'https://app.example.com',
    'https://app.example.com:8443/callback?tenant=a&x',
    'HTTPS://APP.EXAMPLE.COM/callback',
    'http://localhost',
    'http://[::1]:3000/callback',
    'com.example.app:/callback',
    'com.example.app://callback',
    'com.googleusercontent.apps.1234-abc:/oauth2redirect',
    'xn--e1awd7f.example.app:/callback',
    'claude.ai://auth',
    'code-oss://publisher.extension/callback',
    'mcpjam://oauth/callback',
    'vscode://publisher.extension/callback',
    'vscode-insiders://publisher.extension/callback',
    'vscodium://publisher.extension/callback',
    'warp://mcp/oauth2callback',
    'windsurf://codeium.windsurf/callback',
  ])(verifies(['A14'], '%s can be registered'), (uri) => {
    expect(redirectUriProblem(uri)).toBeNull()
  })

  test.each([
    ['', 'contains a character that no URI has'],
    ['/callback', 'is not an absolute URI'],
    ['//app.example.com/callback', 'is not an absolute URI'],
    ['app.example.com/callback', 'is not an absolute URI'],
    ['https://', 'is not an absolute URI'],
    ['https://app.example.com:99999/', 'is not an absolute URI'],
    ['http://app.example.com/callback', 'is http and not loopback'],
    ['http://localhost.example.com/', 'is http and not loopback'],
    ['http://127.0.0.2/', 'is http and not loopback'],
    ['http://10.0.0.1/', 'is http and not loopback'],
    ['http://0.0.0.0/', 'is http and not loopback'],
    ['http://[::]/', 'is http and not loopback'],
    ['https://app.example.com/callback#', 'has a fragment'],
    ['https://app.example.com/callback#a', 'has a fragment'],
    ['com.example.app:/callback#a', 'has a fragment'],
    ['https://user@app.example.com/', 'has credentials'],
    ['https://user:pass@app.example.com/', 'has credentials'],
    ['https://claude.ai@evil.example/', 'has credentials'],
    ['http://localhost@evil.example/', 'has credentials'],
    ['https:app.example.com', 'is not an absolute URI'],
    ['https:/admin', 'is not an absolute URI'],
    ['http:localhost/callback', 'is not an absolute URI'],
    ['javascript:alert(1)', 'has the scheme "javascript:"'],
    ['JavaScript:alert(1)', 'has the scheme "javascript:"'],
    ['data:text/html,x', 'has the scheme "data:"'],
    ['vbscript:x', 'has the scheme "vbscript:"'],
    ['file:///etc/hosts', 'has the scheme "file:"'],
    ['blob:https://app.example.com/x', 'has the scheme "blob:"'],
    ['about:blank', 'has the scheme "about:"'],
    ['view-source:https://app.example.com/', 'has the scheme "view-source:"'],
    ['filesystem:https://app.example.com/x', 'has the scheme "filesystem:"'],
    ['ws://localhost/', 'has the scheme "ws:"'],
    ['wss://app.example.com/', 'has the scheme "wss:"'],
    ['ftp://app.example.com/', 'has the scheme "ftp:"'],
    ['mailto:a@example.com', 'has the scheme "mailto:"'],
    ['tel:+123', 'has the scheme "tel:"'],
    ['java\nscript:alert(1)', 'contains a character that no URI has'],
    [' https://app.example.com/', 'contains a character that no URI has'],
    ['https://app.example.com/\r\nSet-Cookie: a=b', 'contains a character that no URI has'],
    ['https://app.example.com/ünï', 'contains a character that no URI has'],
    ['https://аpp.example.com/', 'contains a character that no URI has'],
    [`https://app.example.com/${'a'.repeat(2048)}`, 'is too long'],
    [`https://claude.ai.${'a.'.repeat(130)}example/`, 'has a host that is too long'],
    // what RFC 3986 leaves out: each ends or escapes something where a URI is handed on
    ...[...'"<>\\^`{|}'].flatMap((character): [string, string][] => [
      [`https://app.example.com/${character}`, 'contains a character that no URI has'],
      [`com.example.app:/${character}`, 'contains a character that no URI has'],
    ]),
    ['https://evil.example\\@claude.ai/', 'contains a character that no URI has'],
    ['https://claude.ai/\u200b', 'contains a character that no URI has'],
    // what a system hands to a program that runs things (RFC 8252 §8.4)
    ...[
      ...['search-ms', 'search', 'ms-officecmd', 'ms-msdt', 'ms-settings', 'ms-word', 'ms-excel'],
      ...['ms-appinstaller', 'ms-screenclip', 'microsoft-edge', 'onenote', 'shell', 'read', 'res'],
      ...['hcp', 'its', 'mk', 'jar', 'mhtml', 'ssh', 'telnet', 'rlogin', 'sftp', 'smb', 'nfs'],
      ...['afp', 'cifs', 'vnc', 'rdp', 'ms-rd', 'ldap', 'ldaps', 'news', 'nntp', 'gopher', 'irc'],
      ...['sms', 'facetime', 'callto', 'sip', 'market', 'intent', 'android-app', 'itms-services'],
      ...['x-apple', 'x-man-page', 'applescript', 'help', 'steam', 'git', 'svn', 'apt', 'snap'],
      ...['chrome', 'chrome-extension', 'moz-extension', 'resource', 'wyciwyg', 'feed', 'cid'],
      ...['zoommtg', 'slack', 'urn', 'tag', 'web+evil', 'myapp', 'constructor', 'toString'],
    ].map((scheme): [string, string] => [
      `${scheme}://x/callback`,
      `has the scheme "${scheme.toLowerCase()}:"`,
    ]),
    ['ssh://-oProxyCommand=calc/x', 'has the scheme "ssh:"'],
    ['search-ms:query=x&crumb=location:%5C%5Cevil.example', 'has the scheme "search-ms:"'],
    ['MS-OfficeCmd:%7B%7D', 'has the scheme "ms-officecmd:"'],
    // with a dot, but no name that an app has to itself
    ['x-apple.systempreferences:com.apple', 'has the scheme "x-apple.systempreferences:"'],
    ['microsoft.windows.camera:x', 'has the scheme "microsoft.windows.camera:"'],
    ['windows.run:x', 'has the scheme "windows.run:"'],
    ['outlook.url.mailto:x', 'has the scheme "outlook.url.mailto:"'],
    ['ie.http:x', 'has the scheme "ie.http:"'],
    ['com.apple.tv://x', 'has the scheme "com.apple.tv:"'],
    ['ms-x.y:x', 'has the scheme "ms-x.y:"'],
    ['a.b:x', 'has the scheme "a.b:"'],
    ['app.:x', 'has the scheme "app.:"'],
    ['com..app:x', 'has the scheme "com..app:"'],
    ['com.-app:x', 'has the scheme "com.-app:"'],
    ['com.example+ssh:x', 'has the scheme "com.example+ssh:"'],
    [`com.${'a'.repeat(60)}.${'b'.repeat(60)}:/x`, `has the scheme "com.${'a'.repeat(36)}:"`],
    // other things that the same apps do with such an address
    [
      'cursor://anysphere.cursor-deeplink/mcp/install?name=x&config=e30',
      'is no place where cursor: takes answers',
    ],
    ['cursor://Anysphere.Cursor-DeepLink/x', 'is no place where cursor: takes answers'],
    [
      'vscode://ms-vscode-remote.remote-containers/cloneInVolume?url=https://evil.example',
      'is no place where vscode: takes answers',
    ],
    ['vscode:mcp/install?%7B%7D', 'is no place where vscode: takes answers'],
    ['vscode://file/etc/passwd', 'is no place where vscode: takes answers'],
    ['vscode-insiders:extension/evil.evil', 'is no place where vscode-insiders: takes answers'],
    ['warp://launch/evil', 'is no place where warp: takes answers'],
    ['warp:mcp', 'is no place where warp: takes answers'],
  ])(verifies(['A14'], '%j cannot: it %s'), (uri, problem) => {
    const found = redirectUriProblem(uri)
    expect(found && uriProblemWords(found)).toBe(problem)
  })

  test(verifies(['A14'], 'whatever passes leads where it says, from any page'), () => {
    fc.assert(
      fc.property(fc.oneof(uriText, anyText, fc.webUrl()), (uri) => {
        if (redirectUriProblem(uri) !== null) return
        const { href, protocol, hostname, hash } = new URL(uri)
        expect(new URL(uri, 'https://portico.example.com/authorize').href).toBe(href)
        expect(new URL(uri, 'http://localhost:3000/authorize').href).toBe(href)
        expect(hash).toBe('')
        if (protocol === 'http:') expect(['localhost', '127.0.0.1', '[::1]']).toContain(hostname)
        expect(uri).toMatch(/^[!-~]+$/)
        // never a host where it is none, and never what a person cannot see
        expect(redirectHost(uri)).toMatch(
          /^https?:/i.test(uri)
            ? /^[a-z0-9.:[\]_~!$&'()*+,;=-]+$/
            : /^the app that handles [a-z0-9.-]+:$/,
        )
        expect(isLoopbackRedirect(uri)).toBe(protocol === 'http:')
      }),
      { numRuns: 500 },
    )
  })
})

describe('matchRedirectUri', () => {
  const claude = 'https://claude.ai/api/mcp/auth_callback'
  const portless = 'http://127.0.0.1/'

  test.each([
    [claude, claude],
    ['http://localhost/callback', 'http://localhost:54545/callback'],
    ['http://localhost:54545/callback', 'http://localhost:61234/callback'],
    ['http://localhost:54545/callback', 'http://localhost/callback'],
    ['http://localhost:54545/callback', 'http://LOCALHOST:1/callback'],
    [portless, 'http://127.0.0.1:33418/'],
    [portless, 'http://127.0.0.1:50000'],
    ['http://[::1]/oauth_callback', 'http://[::1]:8080/oauth_callback'],
    ['http://127.0.0.1:1/callback?x=1', 'http://127.0.0.1:2/callback?x=1'],
    [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'cursor://anysphere.cursor-mcp/oauth/callback',
    ],
  ])(verifies(['A13'], '%s is used as %s'), (registered, requested) => {
    expect(matchRedirectUri(['https://other.example/', registered], requested)).toBe(true)
  })

  test.each([
    [claude, `${claude}/`],
    [claude, `${claude}?x=1`],
    [claude, `${claude}#x`],
    [claude, 'https://claude.ai/api/mcp/Auth_callback'],
    [claude, 'https://claude.ai/api/mcp/../mcp/auth_callback'],
    [claude, 'https://CLAUDE.ai/api/mcp/auth_callback'],
    [claude, 'https://claude.ai:443/api/mcp/auth_callback'],
    [claude, 'https://claude.ai:8443/api/mcp/auth_callback'],
    [claude, 'https://claude.ai.evil.example/api/mcp/auth_callback'],
    [claude, 'http://claude.ai/api/mcp/auth_callback'],
    [claude, 'https://claude.com/api/mcp/auth_callback'],
    [claude, ''],
    ['http://localhost/callback', 'http://127.0.0.1/callback'],
    ['http://127.0.0.1/callback', 'http://localhost/callback'],
    ['http://127.0.0.1/callback', 'http://[::1]/callback'],
    ['http://localhost/callback', 'https://localhost/callback'],
    ['https://localhost/callback', 'https://localhost:8443/callback'],
    ['http://localhost/callback', 'http://localhost:1/callback/'],
    ['http://localhost/callback', 'http://localhost:1/other'],
    ['http://localhost/callback', 'http://localhost:1/callback?x=1'],
    ['http://localhost/callback?x=1', 'http://localhost:1/callback?x=2'],
    ['http://localhost/callback', 'http://localhost:1/callback#x'],
    ['http://localhost/callback', 'http://user@localhost:1/callback'],
    ['http://localhost/callback', 'http://localhost:1@evil.example/callback'],
    ['http://localhost/callback', 'http://localhost.evil.example/callback'],
    ['http://localhost/callback', 'http://localhost:1/callback\n'],
    ['com.example.app://x/callback', 'com.example.app://x:1/callback'],
  ])(verifies(['A13'], '%s is never used as %j'), (registered, requested) => {
    expect(matchRedirectUri([registered], requested)).toBe(false)
  })

  test.each(['search-ms:query=x', 'ssh://-oProxyCommand=x', 'myapp://cb', 'http://a.example/'])(
    verifies(['A13', 'A14'], '%s, registered under wider rules, is used no more'),
    (uri) => {
      expect(matchRedirectUri([uri], uri)).toBe(false)
      for (const requested of [uri, undefined]) {
        const refused = refusalOf(() => checkRedirectUri([uri], requested, 'exact'))
        expect(refused).toMatchObject({ code: 'invalid_request' })
        expect(refused?.description).toMatch(/^'redirect_uri' (has the scheme|is http and)/)
      }
    },
  )

  test(verifies(['A13'], 'nothing matches where nothing is registered'), () => {
    expect(matchRedirectUri([], claude)).toBe(false)
  })

  const parts = fc.record({
    scheme: fc.constantFrom('http', 'https', 'com.example.app'),
    host: fc.constantFrom('localhost', '127.0.0.1', '[::1]', 'app.example.com'),
    port: fc.constantFrom('', ':3334', ':8080'),
    path: fc.constantFrom('/', '/callback', '/Callback', '/callback/'),
    query: fc.constantFrom('', '?a=1', '?a=2'),
  })
  type Parts = typeof parts extends fc.Arbitrary<infer Value> ? Value : never
  const printed = ({ scheme, host, port, path, query }: Parts) =>
    `${scheme}://${host}${port}${path}${query}`
  const isLoopback = ({ scheme, host }: Parts) => scheme === 'http' && host !== 'app.example.com'

  test(verifies(['A13'], 'nothing but the port of a loopback address may differ'), () => {
    const alike = fc
      .tuple(parts, parts, fc.subarray(['scheme', 'host', 'port', 'path', 'query'] as const))
      .map(([one, other, kept]): [Parts, Parts] => [
        one,
        { ...other, ...Object.fromEntries(kept.map((part) => [part, one[part]])) },
      ])
    fc.assert(
      fc.property(alike, ([registered, requested]) => {
        const sameButPort =
          printed({ ...registered, port: '' }) === printed({ ...requested, port: '' })
        const isPortFree = sameButPort && isLoopback(registered)
        const isSame = printed(registered) === printed(requested)
        // that of http elsewhere may have been registered when the rules were wider
        const isUsable = redirectUriProblem(printed(requested)) === null
        expect(matchRedirectUri([printed(registered)], printed(requested))).toBe(
          isUsable && (isPortFree || isSame),
        )
      }),
      { numRuns: 1000 },
    )
  })

  test(verifies(['A13'], 'whatever is sent, a match goes to the registered place'), () => {
    const registered = ['https://app.example.com/callback', 'http://localhost/callback?a=b']
    fc.assert(
      fc.property(fc.oneof(uriText, anyText), (requested) => {
        if (!matchRedirectUri(registered, requested)) return
        const { protocol, hostname, pathname, search } = new URL(requested)
        expect(registered).toContain(`${protocol}//${hostname}${pathname}${search}`)
      }),
      { numRuns: 500 },
    )
  })
})

test.each([
  ['https://claude.ai/api/mcp/auth_callback', 'claude.ai', false],
  ['https://app.example.com:8443/callback', 'app.example.com:8443', false],
  ['http://localhost:54545/callback', 'localhost:54545', true],
  ['http://127.0.0.1/', '127.0.0.1', true],
  ['http://[::1]:38719/oauth_callback', '[::1]:38719', true],
  ['https://localhost/callback', 'localhost', false],
  ['https://xn--80ak6aa92e.com/callback', 'xn--80ak6aa92e.com', false],
  ['cursor://anysphere.cursor-mcp/oauth/callback', 'the app that handles cursor:', false],
  ['com.example.app:/callback', 'the app that handles com.example.app:', false],
  // a scheme that looks like a host, and a host that only the app reads
  ['claude.ai://auth', 'the app that handles claude.ai:', false],
  ['com.evil.app://claude.ai/callback', 'the app that handles com.evil.app:', false],
  ['com.evil.app://claude.ai:443', 'the app that handles com.evil.app:', false],
])('%s is shown as %s; loopback: %s', (uri, host, isLoopback) => {
  expect(redirectHost(uri)).toBe(host)
  expect(isLoopbackRedirect(uri)).toBe(isLoopback)
})

describe('redirectWith', () => {
  test.each([
    ['https://app.example.com/cb', 'https://app.example.com/cb?code=a&iss=b'],
    ['https://app.example.com', 'https://app.example.com?code=a&iss=b'],
    ['https://app.example.com/cb?', 'https://app.example.com/cb?code=a&iss=b'],
    ['https://app.example.com/cb?x=%20y', 'https://app.example.com/cb?x=%20y&code=a&iss=b'],
    ['https://app.example.com/cb?x=1&', 'https://app.example.com/cb?x=1&code=a&iss=b'],
    ['HTTPS://App.Example.com:443/a/../cb', 'HTTPS://App.Example.com:443/a/../cb?code=a&iss=b'],
    ['cursor://anysphere.cursor-mcp/cb', 'cursor://anysphere.cursor-mcp/cb?code=a&iss=b'],
    ['com.example.app:/cb', 'com.example.app:/cb?code=a&iss=b'],
  ])(verifies(['A21'], '%s becomes %s'), (uri, location) => {
    expect(redirectWith(uri, { code: 'a', state: undefined, error: null, iss: 'b' })).toBe(location)
  })

  test(verifies(['A21'], 'leaves out a state that was empty'), () => {
    expect(redirectWith('https://app.example.com/', { code: 'a', state: '' })).toBe(
      'https://app.example.com/?code=a',
    )
  })

  test(verifies(['A21'], 'the URI stays as it was registered and the answer reads back'), () => {
    const uris = fc.constantFrom(
      'https://app.example.com/cb',
      'https://app.example.com/cb?',
      'https://app.example.com/cb?tenant=a%20b&x',
      'http://127.0.0.1:3334/oauth/callback?tenant=a&',
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'com.example.app:/cb',
    )
    const answers = fc.record({ code: anyText, state: anyText, iss: fc.webUrl() })
    fc.assert(
      fc.property(uris, answers, (uri, answer) => {
        const location = redirectWith(uri, answer)
        expect(location.startsWith(uri)).toBe(true)
        expect(location).toMatch(/^[!-~]+$/)
        const before = [...new URL(uri).searchParams]
        const sent = Object.entries(answer).filter(([, value]) => value !== '')
        expect([...new URL(location).searchParams]).toEqual([
          ...before,
          ...sent.map(([name, value]) => [name, value.toWellFormed()]),
        ])
      }),
    )
  })
})

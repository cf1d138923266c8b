import fc from 'fast-check'
import {
  type AppAction,
  type AppRoute,
  appActions,
  appRoutes,
  otherPaths,
} from '../server/app-routes'
import { anyText, textOf } from '../sources/arbitraries'

/** A request that `node:http` can send. */
export type AnyRequest = {
  readonly method: string
  /** with the query */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const id = (prefix: string) => `${prefix}_${'A'.repeat(22)}`

/** Values of a path, query or field: valid, almost valid, or anything. */
const values = fc.oneof(
  { weight: 3, arbitrary: anyText },
  {
    weight: 2,
    arbitrary: textOf('\0', '%', '%00', '%ff', '\ud800', '\u202e', '..', '/', '~', '-', ':', "'"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '',
        '0',
        '-1',
        '1e9',
        '9'.repeat(30),
        'first',
        'null',
        'true',
        'constructor',
        '__proto__',
      ],
      ...[
        '2026-01-01',
        '0000-00-00',
        '-271821-04-20',
        '+275760-09-13T00:00:00.001Z',
        'name',
        'admin',
      ],
      ...['json', 'ndjson', 'active', 'claude-code', 'http://', 'https://evil.example', '//evil'],
      ...[id('int'), id('os'), id('grant'), id('client'), id('hs'), 'a@b.example', '[]', '{}'],
    ),
  },
  fc.nat(3000).map((length) => 'a'.repeat(length)),
)

const authPaths = [
  ...['signin', 'signout', 'session', 'csrf', 'providers', 'error', 'verify-request', '_log'],
  ...['callback', 'signin', 'error'].flatMap((action) =>
    ['credentials', 'passkey', 'second-step', 'github', 'x'].map((name) => `${action}/${name}`),
  ),
]

/** Percent-encoded as browsers do, not at all, or twice; never what no client could send. */
const written = (text: string, how: number): string => {
  const whole = encodeURIComponent(text.toWellFormed())
  if (how === 0)
    return text.replace(/[^!-~]|[#?\\]/g, (one) => encodeURIComponent(one.toWellFormed()))
  return how === 1 ? encodeURIComponent(whole) : whole
}
const encodedValues = fc.tuple(values, fc.nat(4)).map(([text, how]) => written(text, how))

const partOf = (part: string): fc.Arbitrary<string> =>
  part === '[...nextauth]'
    ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...authPaths) }, encodedValues)
    : part.startsWith('[')
      ? encodedValues
      : fc.constant(part)

const pathOf = ({ parts }: AppRoute): fc.Arbitrary<string> =>
  fc.tuple(...parts.map(partOf)).map((texts) => `/${texts.join('/')}`)

const names = [
  ...[
    'q',
    'state',
    'sort',
    'cursor',
    'client',
    'grant',
    'user',
    'kin',
    'event',
    'outcome',
    'address',
  ],
  ...['path', 'surface', 'verdict', 'stage', 'from', 'to', 'unused', 'role', 'action', 'subject'],
  ...['range', 'tab', 'compare', 'format', 'since', 'for', 'next', 'error', 'token', 'callbackUrl'],
  ...['provider', 'step', 'notice', 'switch', '_rsc', 'client_id', 'redirect_uri', 'response_type'],
  ...['scope', 'code_challenge', 'resource', 'id', 'email', 'password', 'name', 'code', 'answer'],
  ...['csrfToken', 'json', 'decision', 'label', 'ids', 'current', 'redirectUris', 'authMethod'],
]
const pairs = fc.array(
  fc.tuple(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, values), values),
  {
    maxLength: 5,
  },
)
const encoded = (list: readonly (readonly [string, string])[], how: number): string =>
  list.map(([name, value]) => `${written(name, 4)}=${written(value, how)}`).join('&')
const queries = fc.tuple(pairs, fc.nat(4)).map(([list, how]) => encoded(list, how))

const latin = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
  }),
  values,
)
// the test of raw bytes covers what Node refuses to send
const headerValue = latin.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 2000))
const headerNames = [
  ...['accept', 'accept-language', 'authorization', 'origin', 'referer', 'range', 'if-none-match'],
  ...['if-modified-since', 'rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-url'],
  ...['next-router-segment-prefetch', 'next-action', 'x-action-forwarded', 'x-forwarded-host'],
  ...['x-forwarded-proto', 'forwarded', 'x-nonce', 'last-event-id', 'mcp-session-id', 'user-agent'],
  ...['mcp-protocol-version', 'x-matched-path', 'x-invoke-path', 'x-invoke-query', 'x-nextjs-data'],
  ...[
    'x-middleware-subrequest',
    'next-resume',
    'content-encoding',
    'x-portico-own',
    'traceparent',
    'cookie',
  ],
]
const usual = fc.constantFrom(
  '1',
  'text/html',
  'next-auth.session-token=x.y.z; next-auth.callback-url=nonsense; next-auth.csrf-token=%',
  '*/*',
  'text/x-component',
  'application/json',
  '%5B%5D',
)
const headers = fc.dictionary(fc.constantFrom(...headerNames), fc.oneof(headerValue, usual), {
  maxKeys: 4,
})

/** One part of a multipart form. */
const field = (name: string, value: string): string =>
  `--x\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, '')}"\r\n\r\n${value}\r\n`

type Body = { readonly type: string; readonly body: string }
const bodies: fc.Arbitrary<Body> = fc.oneof(
  fc.tuple(pairs, fc.nat(4)).map(([list, how]) => ({
    type: 'application/x-www-form-urlencoded',
    body: encoded(list, how),
  })),
  fc
    .oneof(
      fc.json(),
      fc.object({ maxDepth: 2 }).map((one) => JSON.stringify(one)),
    )
    .map((body) => ({
      type: 'application/json',
      body,
    })),
  pairs.map((list) => ({
    type: 'multipart/form-data; boundary=x',
    body: `${list.map(([name, value]) => field(name, value)).join('')}--x--\r\n`,
  })),
  fc.record({ type: headerValue, body: values }),
)

const methods = fc.oneof(
  { weight: 6, arbitrary: fc.constant('GET') },
  { weight: 4, arbitrary: fc.constant('POST') },
  fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'),
)

const isWithBody = (method: string): boolean => !/^(GET|HEAD|OPTIONS|TRACE)$/.test(method)

/** Any request to one route of the app. */
export const requestsAt = (route: AppRoute): fc.Arbitrary<AnyRequest> => requestsTo(pathOf(route))

const requestsTo = (paths: fc.Arbitrary<string>): fc.Arbitrary<AnyRequest> =>
  fc
    .record({ method: methods, path: paths, query: queries, headers, body: bodies })
    .map(({ method, path, query, headers: some, body: { type, body } }) => ({
      method,
      path: query === '' ? path : `${path}?${query}`.slice(0, 8000),
      headers: isWithBody(method) ? { ...some, 'content-type': type } : some,
      body: isWithBody(method) ? body : '',
    }))

/** Any request to a path that is no route. */
export const requestsElsewhere: fc.Arbitrary<AnyRequest> = requestsTo(
  fc.oneof(
    fc.constantFrom(...otherPaths),
    encodedValues.map((text) => `/${text}`),
  ),
)

const argument = fc.oneof(
  values,
  fc.jsonValue({ maxDepth: 2 }),
  fc.array(values, { maxLength: 3 }),
  fc.constantFrom(
    '$K1',
    '$undefined',
    '$T',
    '$D2026-99-99',
    '$n9',
    '$Q1',
    '$F1',
    '$@1',
    '$-0',
    null,
  ),
)

/** Arguments as a page's script sends them: text, or a form within a form. */
const asScript = ({ id: action, path }: AppAction): fc.Arbitrary<AnyRequest> =>
  fc
    .tuple(fc.array(argument, { maxLength: 3 }), pairs, fc.boolean())
    .map(([args, list, isForm]) => {
      const of = { method: 'POST', path }
      const own = { 'next-action': action, accept: 'text/x-component' }
      if (!isForm) {
        const type = 'text/plain;charset=UTF-8'
        return { ...of, headers: { ...own, 'content-type': type }, body: JSON.stringify(args) }
      }
      const fields = list.map(([name, value]) => field(`1_${name}`, value)).join('')
      const body = `${fields}${field('0', JSON.stringify([...args.slice(0, 1), '$K1']))}--x--\r\n`
      return { ...of, headers: { ...own, 'content-type': 'multipart/form-data; boundary=x' }, body }
    })

/** A form as a browser without JavaScript sends it. */
const asForm = ({ id: action, path }: AppAction): fc.Arbitrary<AnyRequest> =>
  fc.tuple(pairs, fc.jsonValue({ maxDepth: 1 }), fc.boolean()).map(([list, bound, isBound]) => {
    const reference = JSON.stringify({ id: action, bound: '$@1' })
    const head = isBound
      ? `${field('$ACTION_REF_1', '')}${field('$ACTION_1:0', reference)}${field('$ACTION_1:1', JSON.stringify([bound]))}`
      : field(`$ACTION_ID_${action}`, '')
    const body = `${head}${list.map(([name, value]) => field(name, value)).join('')}--x--\r\n`
    const type = 'multipart/form-data; boundary=x'
    return { method: 'POST', path, headers: { accept: 'text/html', 'content-type': type }, body }
  })

/** A call of an action with anything in it. */
export const callsOf = (action: AppAction): fc.Arbitrary<AnyRequest> =>
  fc.oneof({ weight: 3, arbitrary: asScript(action) }, asForm(action))

/** Requests by name: each route, each action, and everywhere else. */
export function everything(): [string, fc.Arbitrary<AnyRequest>][] {
  return [
    ...appRoutes().map((route): [string, fc.Arbitrary<AnyRequest>] => [
      route.file,
      requestsAt(route),
    ]),
    ...appActions().map((action): [string, fc.Arbitrary<AnyRequest>] => [
      action.name,
      callsOf(action),
    ]),
    ['elsewhere', requestsElsewhere],
  ]
}

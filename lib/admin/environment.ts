import 'server-only'
import { type Env, env, type variables } from '@/lib/env'
import { databaseKind } from '@/lib/store/database'
import type { EnvironmentRow } from './settings-views'

type Told = Omit<EnvironmentRow, 'variables'> & {
  readonly variables: readonly (keyof typeof variables)[]
}

const list = (values: Iterable<string>, none: string): string => [...values].join(', ') || none

/** Of a connection string the host and the database, without who connects and by which password. */
function databasePlace(url: string | null): string {
  const { host, pathname } = new URL(url ?? 'postgresql://unknown')
  return `PostgreSQL at ${host}${pathname}`
}

const server = (e: Env, kind: string): readonly Told[] => [
  {
    id: 'origin',
    label: 'Public address',
    group: 'Server',
    isOn: null,
    value: [e.origin, ...e.formerOrigins.map((former) => `also ${former}`)].join(', '),
    variables: ['PORTICO_URL', 'PORTICO_FORMER_URLS'],
  },
  {
    id: 'database',
    label: 'Database',
    group: 'Server',
    isOn: null,
    value: kind === 'embedded' ? `Embedded, in ${e.dataDir}` : databasePlace(e.databaseUrl),
    variables: kind === 'embedded' ? ['PORTICO_DATA_DIR', 'DATABASE_URL'] : ['DATABASE_URL'],
  },
  {
    id: 'secret',
    label: 'Master secret',
    group: 'Server',
    isOn: null,
    value: e.secret ? 'From the environment' : 'Made by this server, kept in its data directory',
    variables: ['PORTICO_SECRET'],
  },
  {
    id: 'proxies',
    label: 'Reverse proxies in front',
    group: 'Server',
    isOn: e.proxyHops > 0,
    value: e.proxyHops === 0 ? 'None are trusted' : String(e.proxyHops),
    variables: ['PORTICO_PROXY_HOPS'],
  },
]

const signIn = ({
  signIn: { github, google, oidc, allowed, newcomerRole },
}: Env): readonly Told[] => [
  {
    id: 'password',
    label: 'Email and password, passkey',
    group: 'Sign-in',
    isOn: true,
    value: 'For every account that has one',
    variables: [],
  },
  {
    id: 'github',
    label: 'GitHub',
    group: 'Sign-in',
    isOn: github !== null,
    value: github ? 'On' : 'Not set',
    variables: ['PORTICO_GITHUB_ID', 'PORTICO_GITHUB_SECRET'],
  },
  {
    id: 'google',
    label: 'Google',
    group: 'Sign-in',
    isOn: google !== null,
    value: google ? 'On' : 'Not set',
    variables: ['PORTICO_GOOGLE_ID', 'PORTICO_GOOGLE_SECRET'],
  },
  {
    id: 'oidc',
    label: 'OpenID provider',
    group: 'Sign-in',
    isOn: oidc !== null,
    value: oidc ? `${oidc.name}, ${oidc.issuer}` : 'Not set',
    variables: [
      'PORTICO_OIDC_ISSUER',
      'PORTICO_OIDC_ID',
      'PORTICO_OIDC_SECRET',
      'PORTICO_OIDC_NAME',
    ],
  },
  {
    id: 'newcomers',
    label: 'Newcomers from a provider',
    group: 'Sign-in',
    isOn: allowed.length > 0,
    value:
      allowed.length > 0 ? `${list(allowed, '')}, as ${newcomerRole}` : 'Nobody without an account',
    variables: ['PORTICO_SIGN_IN_ALLOWED', 'PORTICO_NEWCOMER_ROLE'],
  },
]

const alerts = ({ alerts: { webhook, email } }: Env): readonly Told[] => [
  {
    id: 'webhook',
    label: 'Webhook',
    group: 'Alerts',
    isOn: webhook !== null,
    // the rest of the URL may be a secret
    value: webhook ? `To ${new URL(webhook.url).host}` : 'Not set',
    variables: ['PORTICO_ALERT_WEBHOOK_URL', 'PORTICO_ALERT_WEBHOOK_SECRET'],
  },
  {
    id: 'email',
    label: 'Email',
    group: 'Alerts',
    isOn: email !== null,
    value: email ? `To ${list(email.to, 'nobody')} by way of ${email.server.host}` : 'Not set',
    variables: ['PORTICO_ALERT_EMAIL', 'PORTICO_SMTP_URL', 'PORTICO_SMTP_FROM'],
  },
]

const protocol = (e: Env): readonly Told[] => [
  {
    id: 'origins',
    label: 'Further browser origins',
    group: 'Protocol',
    isOn: e.allowedOrigins.length > 0,
    value: list(e.allowedOrigins, 'Only claude.ai, claude.com and loopback'),
    variables: ['PORTICO_ALLOWED_ORIGINS'],
  },
  {
    id: 'quirks',
    label: 'Deviations that are refused',
    group: 'Protocol',
    isOn: e.refusedQuirks.size > 0,
    value: list(e.refusedQuirks, 'None: all are absorbed and recorded'),
    variables: ['PORTICO_REFUSE_QUIRKS'],
  },
  {
    id: 'hosts',
    label: 'Internal hosts of client documents',
    group: 'Protocol',
    isOn: e.internalClientHosts.length > 0,
    value: list(e.internalClientHosts, 'Only public addresses'),
    variables: ['PORTICO_INTERNAL_CLIENT_HOSTS'],
  },
]

/** What the environment says, for people to read; a secret is in none of it. */
export async function environmentRows(): Promise<EnvironmentRow[]> {
  const all = env()
  return [...server(all, await databaseKind()), ...signIn(all), ...alerts(all), ...protocol(all)]
}

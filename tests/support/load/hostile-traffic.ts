import { connectAs } from '../clients/claude'
import type { ClientScript } from '../clients/claude-script'
import { usual } from '../clients/claude-script'
import { initialize, postMcp, rpc, toolCall } from '../mcp/mcp-message'
import { authorizationUrl, newPkce, type RegisteredClient, register } from '../oauth/oauth'
import { type Credentials, newBrowser, type Operator, signIn } from '../people/operator'
import { approve, decide, visitConsent } from '../people/operator-consent'
import { untilHandshakes } from '../people/operator-handshakes'
import { press } from '../people/page-form'
import { accept, invite, linkIn, password, personCalled } from '../people/people-admin'
import { actionNamed, runAction } from '../people/server-action'
import type { Seen } from '../people/views'
import type { HostileName } from './hostile-names'

/** What a user with such a name, and clients with such names, left behind. */
export type Traces = {
  readonly seen: Seen
  /** path of a refused authorization request that links back to the client */
  readonly refused: string
  /** path of one that a member allowed and that waits for an operator */
  readonly held: string
}

/** A user with such a name, and the longest address. */
export const personOf = ({ kind, host }: HostileName): Credentials => ({
  email: `${kind}-${'w'.repeat(40)}@${host.slice(-130).replace(/^[^a-z]+/, '')}`,
  password,
})

/** A member, whose consent waits for an operator. */
export const memberOf = (hostile: HostileName): Credentials => ({
  ...personOf(hostile),
  email: `m-${personOf(hostile).email}`,
})

function scriptOf({ name, host, agent }: HostileName): ClientScript {
  const redirectUri = `https://${host}/${agent.replace(/\W/g, '_')}`
  return {
    ...usual,
    name,
    userAgents: { control: agent, data: agent },
    scope: 'challenge',
    registration: {
      client_name: name,
      client_uri: `https://${host}/`,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      software_id: name,
      software_version: agent,
    },
    redirectUri,
  }
}

/** Refused requests of all kinds, with names wherever one fits. */
async function seedRefusals(origin: string, hostile: HostileName): Promise<void> {
  const { name, agent, host } = hostile
  const headers = { 'user-agent': agent, 'content-type': 'application/json' }
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, origin), { redirect: 'manual', headers, ...init })
  const registration = { client_name: name, redirect_uris: [`ftp://${host}/`] }
  await ask(`/${agent}`)
  await ask(`/.well-known/${agent}`)
  await ask('/register', { method: 'POST', body: JSON.stringify(registration) })
  await ask('/token', {
    method: 'POST',
    headers: { 'user-agent': agent },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: agent,
      client_id: agent,
      redirect_uri: `https://${host}/`,
    }),
  })
}

async function seedCalls(mcpUrl: string, token: string, { name }: HostileName): Promise<void> {
  const opening = initialize('2025-11-25')
  const params = { ...opening.params, clientInfo: { name, version: name } }
  await postMcp(mcpUrl, token, { ...opening, params })
  await postMcp(mcpUrl, token, toolCall(name.slice(0, 60)))
  await postMcp(mcpUrl, token, rpc(name))
}

/** The first link of a page with a matching address. */
async function linkAt(browser: Operator, path: string, link: RegExp): Promise<string> {
  const found = link.exec(await (await browser.open(path)).text())?.[1]
  if (!found) throw new Error(`${path} has no such link`)
  return found
}

/** A member allows an unapproved client. @returns the path of the waiting page */
async function seedPendingConsent(admin: Operator, hostile: HostileName): Promise<string> {
  const { origin } = admin
  const { email } = memberOf(hostile)
  await accept(newBrowser(origin), await invite(admin, email, 'member'), hostile.name.slice(0, 60))
  const member = await signIn(origin, memberOf(hostile))
  const script = scriptOf(hostile)
  const client: RegisteredClient = await register(origin, {
    ...script.registration,
    software_version: 'waits',
    redirect_uris: [`${script.redirectUri}/waits`],
  })
  const url = authorizationUrl(origin, client, newPkce().challenge)
  const page = await visitConsent(member, url, memberOf(hostile))
  await decide(member, page, 'allow')
  return page.path
}

/** Creates an account, connects clients, and leaves records of every kind. */
export async function seedHostile(admin: Operator, hostile: HostileName): Promise<Traces> {
  const { origin } = admin
  const mcpUrl = `${origin}/mcp`
  const { email } = personOf(hostile)
  await accept(newBrowser(origin), await invite(admin, email, 'admin'), hostile.name.slice(0, 60))
  const person = await signIn(origin, personOf(hostile))
  const script = scriptOf(hostile)
  const authorize = (url: URL) => approve(person, url)
  const { client, tokens } = await connectAs(script, mcpUrl, authorize)
  await seedCalls(mcpUrl, tokens.access_token, hostile)
  await seedRefusals(origin, hostile)
  const stalls = { ...script, registration: { ...script.registration, software_version: '2' } }
  void connectAs(stalls, mcpUrl, authorize, 0, { beforeMcp: new Promise(() => {}) })
  const denied: RegisteredClient = await register(origin, script.registration)
  const { challenge } = newPkce()
  const asking = authorizationUrl(origin, denied, challenge, { redirect_uri: script.redirectUri })
  const refused = authorizationUrl(origin, denied, challenge, {
    redirect_uri: script.redirectUri,
    response_type: hostile.agent,
  })
  const rows = await untilHandshakes(person, (all) =>
    all.some(({ clientId, grantId }) => clientId === client.client_id && grantId !== null),
  )
  const connected = rows.find(({ clientId }) => clientId === client.client_id)
  const grant = String(connected?.grantId)
  const rename = actionNamed('admin/connections/actions.ts', 'rename')
  await runAction(person, `/admin/connections/${grant}`, rename, [grant, hostile.name.slice(0, 60)])
  const other = `other-${email}`
  const invited = linkIn(
    await (
      await press(person, '/admin/operators/invite', 'Make invitation link', {
        email: other,
        role: 'operator',
      })
    ).text(),
  )
  const { pathname, search } = new URL(invited)
  return {
    held: await seedPendingConsent(admin, hostile),
    refused: `${refused.pathname}${refused.search}`,
    seen: {
      connected: String(connected?.id),
      stalled: String(rows.find(({ verdict }) => verdict.kind !== 'connected')?.id),
      denied: String(connected?.id),
      link: '/shared/none',
      invite: `${pathname}${search}`,
      asking: `${asking.pathname}${asking.search}`,
      grant,
      client: client.client_id,
      token: await linkAt(person, '/admin/tokens', /href="\/admin\/tokens\/([\w-]+)"/),
      user: (await personCalled(person, email)).id,
    },
  }
}

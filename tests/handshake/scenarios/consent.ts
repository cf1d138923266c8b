import { claudeCode, hostedClaude } from '../../support/clients/claude-clients'
import type { ClientScript } from '../../support/clients/claude-script'
import {
  asks,
  browserOf,
  getsCode,
  located,
  readsDocuments,
  registers,
} from '../../support/handshakes/corpus-client'
import { corpusFaults } from '../../support/handshakes/corpus-faults'
import { answerConsent, arrive, reachConsent } from '../../support/handshakes/corpus-person'
import type { Scenario } from '../../support/handshakes/corpus-scenario'
import type { World } from '../../support/handshakes/corpus-world'
import { documentClient } from '../../support/oauth/document-server'
import { newBrowser, signInWith } from '../../support/people/operator'
import { decide } from '../../support/people/operator-consent'
import { admin } from '../../support/server/portico-process'
import { claudeIdentity } from './identities'

const minute = 60_000

/** Where a person was left, who does not come back to the client. */
class StaysAway extends Error {}

/** A person who does something and does not come back. */
const strays =
  (act: (url: URL) => Promise<unknown>) =>
  async (url: URL): Promise<URL> => {
    await act(url)
    throw new StaysAway('the person did not come back')
  }

/** Registers and sends a person who does not come back. */
const sends = async (world: World, act: (url: URL) => Promise<unknown>, script = hostedClaude) =>
  asks(await registers(world, script), strays(act))

/** Sends a person of a client with this id, which did not register. */
async function sendsAs(
  world: World,
  clientId: string,
  script: ClientScript = claudeIdentity.script,
) {
  const client = { client_id: clientId, redirect_uris: [script.redirectUri] }
  const visit = strays((url) => arrive(browserOf(world, located(script)), url))
  return asks({ ...(await readsDocuments(world, script)), client }, visit)
}

const asksForOther = {
  ...hostedClaude,
  resource: { ...hostedClaude.resource, authorize: () => 'https://mcp.example.com/mcp' },
}

export const consentScenarios: readonly Scenario[] = [
  {
    stream: 'consent-denied',
    mode: 'consent-denied',
    how: 'the person presses “Deny”',
    run: async (world) =>
      asks(await registers(world), (url) => answerConsent(world.admin, url, 'deny')),
  },
  {
    stream: 'resource-rejected',
    mode: 'resource-rejected',
    how: 'the client asks for a token for another address',
    run: (world) => sends(world, (url) => arrive(world.admin, url), asksForOther),
  },
  {
    stream: 'redirect-uri-loopback-host',
    mode: 'redirect-uri-loopback-host',
    how: 'Claude Code registers one path on loopback and names another',
    run: (world) =>
      sends(world, (url) => arrive(world.home, url), {
        ...claudeCode,
        redirectUri: 'http://127.0.0.1:49211/oauth/callback',
      }),
  },
  {
    stream: 'dcr-redirect-host-refused',
    mode: 'dcr-redirect-host-refused',
    how: 'the client names a redirect URI of a host that it did not register',
    run: (world) =>
      sends(world, (url) => arrive(world.admin, url), {
        ...hostedClaude,
        redirectUri: 'https://claude.com/api/mcp/auth_callback',
      }),
  },
  {
    stream: 'stale-client-id',
    mode: 'stale-client-id',
    how: 'hosted Claude comes with a client id that is not here, as after a lost database',
    run: (world) => sendsAs(world, 'client_0123456789abcdefghijkl', hostedClaude),
  },
  {
    stream: 'stale-client-id-code',
    mode: 'stale-client-id',
    how: 'Claude Code comes with a client id that is not here, as after a lost database',
    run: (world) => sendsAs(world, 'client_0123456789abcdefghijkl', claudeCode),
  },
  {
    stream: 'cimd-fetch-403',
    mode: 'cimd-fetch-403',
    how: 'the site of the client’s document answers 403',
    run: (world) => {
      world.documents.serve('/walled.json', (response) => response.writeHead(403).end('challenge'))
      return sendsAs(world, `${world.documents.origin}/walled.json`)
    },
  },
  {
    stream: 'cimd-doc-rejected',
    mode: 'cimd-doc-rejected',
    how: 'the client’s document bears another id than its address',
    run: (world) => {
      documentClient(world.documents, '/wrong.json', { client_id: 'https://other.example/c.json' })
      return sendsAs(world, `${world.documents.origin}/wrong.json`)
    },
  },
  {
    stream: 'csp-form-action',
    mode: 'csp-form-action',
    how: 'a proxy adds form-action; the scripted browser stays on the page and presses “Allow” again',
    fault: corpusFaults.addsPolicy,
    after: 40_000,
    run: (world) =>
      sends(world, async (url) => {
        const page = await reachConsent(world.admin, url)
        await decide(world.admin, page, 'allow')
        await decide(world.admin, page, 'allow')
      }),
  },
  {
    stream: 'csp-form-action-once',
    mode: 'csp-form-action',
    how: 'as before, and “Allow” is pressed once',
    fault: corpusFaults.addsPolicy,
    after: 40_000,
    run: (world) =>
      sends(world, async (url) => {
        await decide(world.admin, await reachConsent(world.admin, url), 'allow')
      }),
  },
  {
    stream: 'consent-txn-expired',
    mode: 'consent-txn-expired',
    how: 'the page is answered after 31 minutes',
    run: (world) =>
      sends(world, async (url) => {
        const page = await reachConsent(world.admin, url)
        await world.later(31 * minute)
        await decide(world.admin, page, 'allow')
      }),
  },
  {
    stream: 'consent-cookie-lost',
    mode: 'consent-cookie-lost',
    how: 'the browser loses its cookies between the page and its answer',
    run: (world) =>
      sends(world, async (url) => {
        const browser = newBrowser(world.origin)
        const page = await reachConsent(browser, url)
        browser.cookies.clear()
        await decide(browser, page, 'allow')
      }),
  },
  {
    stream: 'consent-cookie-lost-foreign',
    mode: 'consent-cookie-lost',
    how: 'the answer comes with the mark of another page',
    run: (world) =>
      sends(world, async (url) => {
        const page = await reachConsent(world.admin, url)
        await decide(world.admin, { ...page, csrf: 'of-another-page' }, 'allow')
      }),
  },
  {
    stream: 'sign-in-refused',
    mode: 'sign-in-refused',
    how: 'the person enters the password of their Claude account',
    run: (world) =>
      sends(world, async (url) => {
        const browser = newBrowser(world.origin)
        const { path } = await arrive(browser, url)
        await signInWith(browser, { ...admin, password: 'of the Claude account' }, path.href)
      }),
  },
  {
    stream: 'login-bounces-home',
    mode: 'login-bounces-home',
    how: 'the person signs in, and does not get to the consent page',
    after: 2 * minute,
    run: (world) =>
      sends(world, async (url) => {
        const browser = newBrowser(world.origin)
        const { path } = await arrive(browser, url)
        await signInWith(browser, admin, path.href)
      }),
  },
  {
    stream: 'login-bounces-home-query-cut',
    mode: 'login-bounces-home',
    how: 'as before, and the sign-in page does not know what for, as behind a proxy that cuts off the query',
    after: 2 * minute,
    run: (world) =>
      sends(world, async (url) => {
        const browser = newBrowser(world.origin)
        await arrive(browser, url)
        await signInWith(browser, admin)
      }),
  },
  {
    stream: 'consent-unanswered',
    mode: 'consent-unanswered',
    how: 'the consent page is shown and left',
    after: 6 * minute,
    run: (world) => sends(world, (url) => reachConsent(world.admin, url)),
  },
  {
    stream: 'sign-in-abandoned',
    mode: 'sign-in-abandoned',
    how: 'the sign-in page is shown and left',
    after: 20 * minute,
    run: (world) => sends(world, (url) => arrive(newBrowser(world.origin), url)),
  },
  {
    stream: 'code-never-redeemed-lost-state',
    mode: 'code-never-redeemed',
    how: 'the client has lost its state while the person decided, and drops the answer',
    after: 40_000,
    run: (world) =>
      getsCode(world, hostedClaude, {
        person: strays((url) => answerConsent(newBrowser(world.origin), url)),
      }),
  },
]

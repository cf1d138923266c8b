import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'

/** What an app that uses a library brings itself: a place for what is to be kept, and a browser. */

const file = path.join(process.env.HOME ?? '', 'oauth.json')

const kept = () => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

/** Opens the browser, as apps on a desktop do. */
export const openBrowser = (url) => execFile(process.env.BROWSER ?? 'xdg-open', [String(url)])

/**
 * Listens on this machine for the browser that comes back from the authorization server.
 *
 * @returns the redirect URI, and a promise of the parameters it comes with
 */
export async function listenForCallback() {
  let resolve
  const arrived = new Promise((done) => {
    resolve = done
  })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    if (url.pathname !== '/callback') return response.writeHead(404).end()
    response.setHeader('connection', 'close')
    response.end('You may close this page.')
    resolve(url.searchParams)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done()))
  const redirectUrl = `http://127.0.0.1:${server.address().port}/callback`
  return { redirectUrl, arrived, close: () => server.close() }
}

/** The authorization code the browser came back with. @throws where the person said no */
export async function codeOf(arrived) {
  const answer = await arrived
  const code = answer.get('code')
  if (code) return { code, iss: answer.get('iss') ?? undefined, state: answer.get('state') }
  console.log(
    JSON.stringify({ denied: `${answer.get('error')}: ${answer.get('error_description')}` }),
  )
  process.exit(0)
}

const keep = (member) => writeFileSync(file, JSON.stringify({ ...kept(), ...member }))

/** What Mastra calls an OAuthStorage. */
export class FileStorage {
  get = (key) => kept()[key]
  set = (key, value) => keep({ [key]: value })
  delete = (key) => keep({ [key]: undefined })
}

/** What the SDKs call an OAuthClientProvider: it keeps all in a file. */
export class FileProvider {
  constructor(clientName, redirectUrl) {
    this.redirectUrl = redirectUrl
    this.clientMetadata = {
      client_name: clientName,
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    }
  }

  state = () => {
    keep({ state: crypto.randomUUID() })
    return kept().state
  }
  clientInformation = () => kept().client
  saveClientInformation = (client) => keep({ client })
  tokens = () => kept().tokens
  saveTokens = (tokens) => keep({ tokens })
  codeVerifier = () => kept().verifier
  saveCodeVerifier = (verifier) => keep({ verifier })
  discoveryState = () => kept().discovery
  saveDiscoveryState = (discovery) => keep({ discovery })
  redirectToAuthorization = (url) => void openBrowser(url)
}

/** Tells the driver what the library found. */
export const tell = (told) => console.log(JSON.stringify(told))

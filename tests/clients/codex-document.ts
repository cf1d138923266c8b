import { serveDocuments } from '../support/oauth/document-server'

/** What OpenAI publishes for Codex, which says who it is by this document's address. */
const codex = {
  client_id: 'https://chatgpt.com/oauth/codex/client.json',
  client_name: 'Codex',
  client_uri: 'https://openai.com/codex',
  redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
}

/** One host is a server of this machine, under its own name, and no other is to be found. */
const elsewhere = (host: string, port: string) => `
import dns from 'node:dns/promises'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
const { lookup } = dns
const { request } = https
dns.lookup = (name, ...rest) =>
  name === '${host}' || name === 'localhost'
    ? lookup('localhost', ...rest)
    : Promise.reject(new Error(name + ' is not to be found'))
https.request = (url, options, ...rest) =>
  request(url, url.hostname === '${host}' ? { ...options, port: ${port} } : options, ...rest)
syncBuiltinESMExports()`

/**
 * Serves that document where there is no Internet: a Portico that is started with `env` finds its
 * host here, and no other.
 */
export async function serveCodexDocument() {
  const { hostname, pathname } = new URL(codex.client_id)
  const documents = await serveDocuments([hostname])
  documents.serve(pathname, codex)
  const module = elsewhere(hostname, new URL(documents.origin).port)
  return {
    env: {
      PORTICO_INTERNAL_CLIENT_HOSTS: hostname,
      NODE_EXTRA_CA_CERTS: documents.certificate,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(module)}`,
    },
    close: () => documents.close(),
  }
}

import { fileURLToPath } from 'node:url'
import { serveDocuments } from '../support/document-server'

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

/**
 * Serves that document where there is no Internet: a Portico that is started with `env` finds its
 * host here, and no other.
 */
export async function serveCodexDocument() {
  const documents = await serveDocuments(['chatgpt.com'])
  documents.serve('/oauth/codex/client.json', codex)
  const module = fileURLToPath(new URL('elsewhere.mjs', import.meta.url))
  return {
    env: {
      PORTICO_INTERNAL_CLIENT_HOSTS: 'chatgpt.com',
      NODE_EXTRA_CA_CERTS: documents.certificate,
      TEST_ELSEWHERE: `chatgpt.com ${documents.origin}`,
      NODE_OPTIONS: `--import=${module}`,
    },
    close: () => documents.close(),
  }
}

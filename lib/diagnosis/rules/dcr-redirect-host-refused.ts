import { detailList, newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

/** OAuth 2.1 §4.1.3: exact comparison. */
export const dcrRedirectHostRefused = handshakeRule({
  id: 'dcr-redirect-host-refused',
  symptom: 'The page says that the redirect URI is not registered',
  sources: ['anthropics/claude-ai-mcp#158', 'OAuth 2.1 §4.1.3'],
  judge: (handshake) => {
    const refused = refusedBecause(
      handshake,
      'authorization.refused',
      'redirect-uri-unregistered',
      'parameter-missing',
    ).findLast(
      ({ reason }) =>
        reason.kind === 'redirect-uri-unregistered' || reason.parameter === 'redirect_uri',
    )
    const registered = newest(handshake, 'client.registered')
    const uris = registered ? detailList(registered, 'redirectUris') : []
    if (!refused || uris.some((uri) => uri.startsWith('http://'))) return null
    return {
      confidence: 'confirmed',
      title: 'The client wants its answer at an address that it did not register',
      explanation:
        'Redirect URIs are compared letter by letter. A client that was created by hand needs every address it uses.',
      evidence: [registered, refused],
      observations: uris.length > 0 ? [`registered: ${uris.join(', ')}`] : [],
      fix: [
        {
          text: 'Create the client again with both redirect URIs of Claude.',
          where: 'Clients → New client',
          code: 'https://claude.ai/api/mcp/auth_callback\nhttps://claude.com/api/mcp/auth_callback',
        },
        'Or leave the client id in Claude empty: it then registers automatically.',
      ],
    }
  },
})

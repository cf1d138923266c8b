import { detailList, newest, refusedBecause } from '../evidence'
import { handshakeRule } from '../rule'

const isLoopback = (uri: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])/.test(uri)

/** RFC 8252 §7.3: the port may vary, host and path may not. */
export const redirectUriLoopbackHost = handshakeRule({
  id: 'redirect-uri-loopback-host',
  symptom: 'The redirect URI does not match, after an update of the client',
  sources: [
    'anthropics/claude-code#82096',
    'anomalyco/opencode#50510',
    'RFC 8252 §7.3',
    'OAuth 2.1 §4.1.3',
  ],
  judge: (handshake) => {
    const refused = refusedBecause(
      handshake,
      'authorization.refused',
      'redirect-uri-unregistered',
    ).at(-1)
    const registered = newest(handshake, 'client.registered')
    const uris = registered ? detailList(registered, 'redirectUris') : []
    if (!refused || !uris.some(isLoopback)) return null
    return {
      confidence: 'likely',
      title: 'The client registered one address of this machine and sent another',
      explanation: `Any port is accepted, but host and path must be those of the registration: ${uris.join(', ')}. Between releases clients change from localhost to 127.0.0.1, or their path.`,
      evidence: [registered, refused],
      fix: [
        'Make the client forget its registration and register again: remove the server from it and add it again.',
        'Update the client.',
      ],
    }
  },
})

import { claudeCode, hostedClaude } from '../../support/clients/claude-clients'
import type { ClientScript } from '../../support/clients/claude-script'

/** Clients that are known by their metadata document and do not register. */

export const claudeIdentity = {
  script: { ...hostedClaude, tokenAuth: 'none' } satisfies ClientScript,
  client: {
    client_id: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
    redirect_uris: [hostedClaude.redirectUri],
  },
}

export const claudeCodeIdentity = {
  script: claudeCode,
  client: {
    client_id: 'https://claude.ai/oauth/claude-code-client-metadata',
    redirect_uris: ['http://localhost/callback'],
  },
}

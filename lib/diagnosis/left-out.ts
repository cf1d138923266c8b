/**
 * Failure modes of remote MCP servers that have no rule, each with the reason. Those that only another
 * server can have require probing other servers.
 */
export const leftOut: Readonly<Record<string, string>> = {
  'as-path-metadata-without-prm': 'Portico always serves resource metadata',
  'auth-as-200-error': 'authentication is refused with 401 before JSON-RPC is read',
  'background-401-noise': 'harmless: belongs to no handshake',
  'basic-despite-post': 'a secret is accepted in either place',
  'callback-missing-state': '“state” is kept with the interaction and sent back unchanged',
  'callback-not-get': 'a client is answered by a 303, which a browser follows with GET',
  'client-secret-basic-only': 'a secret is accepted in either place',
  'consent-cookie-too-big':
    'nothing of a consent is kept in a cookie; a 431 of a proxy is not seen here',
  'consent-double-get':
    'the form’s token belongs to the request and the person, not to one showing',
  'cross-host-as-blocked': 'server and resource are one host',
  'dcr-method-not-honoured': 'the answer has the method that was asked for',
  'dcr-quota':
    'nothing is refused for it: unused clients make room for new ones; see dcr-rate-limited',
  'dcr-response-nulls': 'no member is null',
  'dcr-twice': 'harmless: repeated registrations make one client',
  'duplicate-url': 'decided within Claude; nothing is sent',
  'entra-resource-scope': 'Portico is its own authorization server',
  'iss-mismatch': 'one constant; see issuer-mismatch for a document that was changed on the way',
  'keyed-server-forced-oauth': 'there are no API keys',
  'mobile-cannot-add': 'decided within Claude; nothing is sent',
  'modern-only-server': 'both protocol eras are served',
  'no-refresh-token': 'every connection that a person allows has one',
  'no-scope-sent': 'a missing scope means the default',
  'oidc-doc-incomplete': 'Portico is no OpenID provider and says so with 404',
  'path-other-than-mcp': 'the path is /mcp',
  'prm-ignored-external-as': 'server and resource are one host',
  'redirect-uri-loopback-port': 'any port is accepted on loopback',
  'refresh-not-yet-valid': 'refresh tokens are valid at once',
  'refresh-orphans-grants': 'a habit of clients that breaks nothing',
  'refresh-wrong-error': 'a dead refresh token is always “invalid_grant”',
  'second-as-only': 'there is one authorization server',
  'session-404-not-recovered':
    'a session outlives restarts; a 404 reports a lost one, and the client starts over or not',
  'session-required': 'no session id is required',
  'sse-first-byte-buffered':
    'the headers of a stream ask proxies not to hold it back; whether one does is not seen here',
  'step-up-no-prompt': 'every 403 for a scope carries its challenge',
  'token-error-not-json': 'every error of the token endpoint is JSON',
  'token-error-unlogged': 'every refusal is an event with its reason',
  'token-response-malformed': 'the answer is built in one place and tested',
  'token-type-case': 'refuted: it was ruled out twice',
  'too-many-tools': 'a matter of the tools, not of a handshake',
  'tool-name-invalid': 'a matter of the tools, not of a handshake',
  'tool-schema-16k': 'a matter of the tools, not of a handshake',
  'tool-schema-union-root': 'a matter of the tools, not of a handshake',
  'tools-not-injected':
    'decided within Claude; a list that is not called looks like one nobody needed',
  'unknown-scope-claudeai': 'unknown scopes are ignored, stray characters are removed',
  'upstream-invalid-grant-500': 'there is no server behind Portico',
}

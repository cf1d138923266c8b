import type { Rule } from './finding'
import { acceptStar406 } from './rules/accept-star-406'
import { addressChanged } from './rules/address-changed'
import { anthropicIncident } from './rules/anthropic-incident'
import { asMetadataBad } from './rules/as-metadata-bad'
import { askedByAnotherName } from './rules/asked-by-another-name'
import { audienceMismatch } from './rules/audience-mismatch'
import { authorizationHeaderStripped } from './rules/authorization-header-stripped'
import { cachedMcpResponse } from './rules/cached-mcp-response'
import { cimdDocRejected } from './rules/cimd-doc-rejected'
import { cimdFetch403 } from './rules/cimd-fetch-403'
import { cimdFlagHalf } from './rules/cimd-flag-half'
import { clientBugTokenNotAttached } from './rules/client-bug-token-not-attached'
import { clockSkew } from './rules/clock-skew'
import { clocksDiffer } from './rules/clocks-differ'
import { codeExpired } from './rules/code-expired'
import { codeNeverRedeemed } from './rules/code-never-redeemed'
import { codeOtherInstance } from './rules/code-other-instance'
import { codeReuse } from './rules/code-reuse'
import { connectionEnded } from './rules/connection-ended'
import { consentCookieLost } from './rules/consent-cookie-lost'
import { consentDenied } from './rules/consent-denied'
import { consentTxnExpired } from './rules/consent-txn-expired'
import { consentUnanswered } from './rules/consent-unanswered'
import { cspFormAction } from './rules/csp-form-action'
import { databaseAway } from './rules/database-away'
import { databaseSettings } from './rules/database-settings'
import { dcr201ThenAbort } from './rules/dcr-201-then-abort'
import { dcrCustomSchemeRefused } from './rules/dcr-custom-scheme-refused'
import { dcrLoopbackHttpRefused } from './rules/dcr-loopback-http-refused'
import { dcrMethodRefused } from './rules/dcr-method-refused'
import { dcrRateLimited } from './rules/dcr-rate-limited'
import { dcrRedirectHostRefused } from './rules/dcr-redirect-host-refused'
import { dcrStrictBody } from './rules/dcr-strict-body'
import { discoveryCacheStale } from './rules/discovery-cache-stale'
import { dnsAaaaOnly } from './rules/dns-aaaa-only'
import { dnsNotPublic } from './rules/dns-not-public'
import { dyndnsCgnatHome } from './rules/dyndns-cgnat-home'
import { edgeBlocksClaudeUser } from './rules/edge-blocks-claude-user'
import { edgeBlocksEverything } from './rules/edge-blocks-everything'
import { headerBodyVersionMismatch } from './rules/header-body-version-mismatch'
import { hostWafBlocksBearer } from './rules/host-waf-blocks-bearer'
import { internalOriginLeak } from './rules/internal-origin-leak'
import { invalidScopeAsksAll } from './rules/invalid-scope-asks-all'
import { issuerMismatch } from './rules/issuer-mismatch'
import { lbPathRuleMissesBarePath } from './rules/lb-path-rule-misses-bare-path'
import { loginBouncesHome } from './rules/login-bounces-home'
import { loopbackOnly } from './rules/loopback-only'
import { mcpPathRedirectDropsAuth } from './rules/mcp-path-redirect-drops-auth'
import { mcpRejectsOwnToken } from './rules/mcp-rejects-own-token'
import { no401OnInitialize } from './rules/no-401-on-initialize'
import { noRegistrationPath } from './rules/no-registration-path'
import { non443Port } from './rules/non-443-port'
import { oauthOkTokenlessPost } from './rules/oauth-ok-tokenless-post'
import { opaqueVsJwt } from './rules/opaque-vs-jwt'
import { origin502 } from './rules/origin-502'
import { originHostCheck } from './rules/origin-host-check'
import { otherServerUntrusted } from './rules/other-server-untrusted'
import { pkceMismatch } from './rules/pkce-mismatch'
import { pkceNotAdvertised } from './rules/pkce-not-advertised'
import { preAuth400 } from './rules/pre-auth-400'
import { prmPath404 } from './rules/prm-path-404'
import { prmPointerRootForPathResource } from './rules/prm-pointer-root-for-path-resource'
import { prmResourceMismatch } from './rules/prm-resource-mismatch'
import { protocolVersionReject } from './rules/protocol-version-reject'
import { proxyHopsWrong } from './rules/proxy-hops-wrong'
import { redirectUriLoopbackHost } from './rules/redirect-uri-loopback-host'
import { redirectUriRefused } from './rules/redirect-uri-refused'
import { refreshNotAttempted } from './rules/refresh-not-attempted'
import { refreshRotationRace } from './rules/refresh-rotation-race'
import { resourceMetadataPointsElsewhere } from './rules/resource-metadata-points-elsewhere'
import { resourceMetadataRelative } from './rules/resource-metadata-relative'
import { resourceMetadataWrongName } from './rules/resource-metadata-wrong-name'
import { resourceRejected } from './rules/resource-rejected'
import { resultTooBigOrSlow } from './rules/result-too-big-or-slow'
import { routeInterceptedHtml } from './rules/route-intercepted-html'
import { selfProbeUnreachable } from './rules/self-probe-unreachable'
import { serverFault } from './rules/server-fault'
import { serverRestarted } from './rules/server-restarted'
import { signInAbandoned } from './rules/sign-in-abandoned'
import { signInRefused } from './rules/sign-in-refused'
import { slowDiscovery } from './rules/slow-discovery'
import { slowInitialize } from './rules/slow-initialize'
import { staleClientId } from './rules/stale-client-id'
import { staleTokenAfterReconnect } from './rules/stale-token-after-reconnect'
import { tenantOrSessionMismatch } from './rules/tenant-or-session-mismatch'
import { tlsResetOrChain } from './rules/tls-reset-or-chain'
import { tokenJsonOnlyParser } from './rules/token-json-only-parser'
import { tokenNeedsSecret } from './rules/token-needs-secret'
import { tokenRateLimited } from './rules/token-rate-limited'
import { tokenScopeWhitespace } from './rules/token-scope-whitespace'
import { tokenSlow } from './rules/token-slow'
import { trailingSlashRedirect } from './rules/trailing-slash-redirect'
import { versionStrictInitialize } from './rules/version-strict-initialize'
import { wellKnownBehindAuth } from './rules/well-known-behind-auth'
import { wellKnownUnroutableNextjs } from './rules/well-known-unroutable-nextjs'
import { wrongUrlOrScheme } from './rules/wrong-url-or-scheme'
import { wwwAuthenticateMissing } from './rules/www-authenticate-missing'

/** Rules about one part of a handshake. */
type RuleGroup = { readonly title: string; readonly rules: readonly Rule[] }

/**
 * Every rule, in the order in which findings of equal confidence are shown: first the decision tree
 * of “OAuth completed, and Claude never calls /mcp”, then backwards through the handshake, since a
 * later step explains more; within a group the more specific first.
 */
export const ruleGroups: readonly RuleGroup[] = [
  {
    title: 'First authenticated MCP request',
    rules: [
      originHostCheck,
      connectionEnded,
      addressChanged,
      audienceMismatch,
      opaqueVsJwt,
      clockSkew,
      mcpRejectsOwnToken,
      tenantOrSessionMismatch,
      slowInitialize,
      authorizationHeaderStripped,
      mcpPathRedirectDropsAuth,
      trailingSlashRedirect,
      lbPathRuleMissesBarePath,
      edgeBlocksClaudeUser,
      hostWafBlocksBearer,
      cachedMcpResponse,
      acceptStar406,
      headerBodyVersionMismatch,
      protocolVersionReject,
      versionStrictInitialize,
      staleTokenAfterReconnect,
      oauthOkTokenlessPost,
    ],
  },
  {
    title: 'Token',
    rules: [
      serverFault,
      databaseAway,
      pkceMismatch,
      codeReuse,
      codeExpired,
      codeOtherInstance,
      tokenNeedsSecret,
      tokenJsonOnlyParser,
      invalidScopeAsksAll,
      tokenSlow,
      tokenRateLimited,
      refreshRotationRace,
      refreshNotAttempted,
    ],
  },
  {
    title: 'Authorization and consent',
    rules: [
      consentDenied,
      resourceRejected,
      redirectUriLoopbackHost,
      dcrRedirectHostRefused,
      redirectUriRefused,
      staleClientId,
      cimdFetch403,
      cimdDocRejected,
      cspFormAction,
      consentTxnExpired,
      consentCookieLost,
      otherServerUntrusted,
      signInRefused,
      loginBouncesHome,
      consentUnanswered,
      codeNeverRedeemed,
      signInAbandoned,
    ],
  },
  {
    title: 'Registration',
    rules: [
      dcrMethodRefused,
      dcrCustomSchemeRefused,
      dcrLoopbackHttpRefused,
      dcrRateLimited,
      dcrStrictBody,
      noRegistrationPath,
      cimdFlagHalf,
    ],
  },
  {
    title: 'Reaching the server',
    rules: [
      tlsResetOrChain,
      dnsAaaaOnly,
      dyndnsCgnatHome,
      dnsNotPublic,
      edgeBlocksEverything,
      origin502,
      wrongUrlOrScheme,
      non443Port,
    ],
  },
  {
    title: 'Discovery',
    rules: [
      internalOriginLeak,
      wellKnownBehindAuth,
      routeInterceptedHtml,
      no401OnInitialize,
      preAuth400,
      resourceMetadataWrongName,
      wwwAuthenticateMissing,
      resourceMetadataRelative,
      wellKnownUnroutableNextjs,
      prmPath404,
      asMetadataBad,
      resourceMetadataPointsElsewhere,
      prmResourceMismatch,
      askedByAnotherName,
      issuerMismatch,
      pkceNotAdvertised,
      prmPointerRootForPathResource,
      slowDiscovery,
    ],
  },
  {
    title: 'After it has connected',
    rules: [resultTooBigOrSlow],
  },
  {
    title: 'Circumstances',
    rules: [
      serverRestarted,
      anthropicIncident,
      proxyHopsWrong,
      clocksDiffer,
      databaseSettings,
      selfProbeUnreachable,
      loopbackOnly,
      discoveryCacheStale,
      dcr201ThenAbort,
      clientBugTokenNotAttached,
      tokenScopeWhitespace,
    ],
  },
]

/** {@link ruleGroups} as one list. */
export const rules: readonly Rule[] = ruleGroups.flatMap((group) => group.rules)

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

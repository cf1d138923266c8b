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
export type RuleGroup = { readonly title: string; readonly rules: readonly Rule[] }

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

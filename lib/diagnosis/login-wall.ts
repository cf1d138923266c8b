import type { ProbeAnswer } from './facts'
import type { FixStep } from './finding'
import { isHtml, isOwnChallenge, redirectOf } from './probe'
import { openPaths } from './words'

/** Another product's sign-in page in front of this server. */
type LoginWall = { readonly name: string; readonly fix: FixStep }

type Known = FixStep & { readonly name: string; readonly sign: RegExp }

/** Identified by their redirects, headers and pages. */
const known: readonly Known[] = [
  {
    name: 'Cloudflare Access',
    sign: /cloudflareaccess\.com|cf-access-|CF_Authorization/i,
    text: `Add an application for the paths ${openPaths} with the policy action Bypass for Everyone. Service tokens do not help: Claude cannot send them.`,
    where: 'Cloudflare → Zero Trust → Access → Applications',
  },
  {
    name: 'Vercel Deployment Protection',
    sign: /vercel\.com\/sso-api|_vercel_sso_nonce|vercel authentication/i,
    text: 'Turn Vercel Authentication off, or set it to protect preview deployments only and give Claude the production domain.',
    where: 'Vercel → project → Settings → Deployment Protection',
  },
  {
    name: 'Google Identity-Aware Proxy',
    sign: /x-goog-iap|accounts\.google\.com|gcp_iaap/i,
    text: `Move ${openPaths} to a backend service without IAP: path rules for the bare path and for everything below it, such as /mcp and /mcp/*.`,
    where: 'Google Cloud → load balancer → Host and path rules; Identity-Aware Proxy',
  },
  {
    name: 'AWS load balancer authentication',
    sign: /amazoncognito\.com|AWSELBAuthSessionCookie/i,
    text: `Add a listener rule for ${openPaths} above the one that authenticates.`,
    where: 'AWS → EC2 → Load balancers → Listener rules',
  },
  {
    name: 'Microsoft Entra sign-in',
    sign: /login\.microsoftonline\.com|\/\.auth\/login/i,
    text: `Turn App Service Authentication off, or exclude ${openPaths}.`,
    where: 'Azure → App Service → Authentication (excludedPaths)',
  },
  {
    name: 'oauth2-proxy',
    sign: /\/oauth2\/(start|sign_in)|_oauth2_proxy/i,
    text: 'Skip authentication for these paths.',
    where: 'oauth2-proxy',
    code: '--skip-auth-route=^/(mcp|\\.well-known|register|token|authorize|revoke|consent|sign-in|api/auth|_next)',
  },
  {
    name: 'Authelia or authentik',
    sign: /authelia|authentik|\/outpost\.goauthentik/i,
    text: `Give ${openPaths} a rule with the policy bypass, or route them past the forward-auth middleware.`,
    where: 'access control rules of the forward-auth service',
  },
]

const unknownWall: LoginWall = {
  name: 'a sign-in',
  fix: {
    text: `Exempt ${openPaths} from sign-in, basic authentication and forward authentication. Portico protects them itself.`,
    where: 'the proxy in front of this server',
  },
}

/** The sign-in page that answered instead of this server; `null` when none did. */
export function loginWallOf(answer: ProbeAnswer): LoginWall | null {
  const { status, headers, body } = answer
  if (isOwnChallenge(answer)) return null
  const signs = [
    redirectOf(answer)?.href,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    isHtml(answer) ? body.slice(0, 4000) : '',
  ].join('\n')
  const found = known.find(({ sign }) => sign.test(signs))
  const asksToSignIn =
    status === 401 || /\/(log-?in|sign-?in|auth|sso)\b/i.test(redirectOf(answer)?.pathname ?? '')
  if (found && (asksToSignIn || status === 403 || redirectOf(answer) || isHtml(answer))) {
    const { name, sign: _, ...fix } = found
    return { name, fix }
  }
  return asksToSignIn ? unknownWall : null
}

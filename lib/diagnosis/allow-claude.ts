import { anthropicEgress } from './addresses'
import type { Edge, EdgeId } from './edges'
import type { FixStep } from './finding'
import { openPaths } from './words'

const skipExpression = `(http.request.uri.path eq "/mcp" or starts_with(http.request.uri.path, "/.well-known/") or http.request.uri.path in {"/register" "/token" "/authorize"}) and ip.src in {${anthropicEgress}}`

/** How each product lets Claude through. */
const steps: Partial<Record<EdgeId, FixStep | readonly FixStep[]>> = {
  cloudflare: [
    {
      text: 'Turn off “Block AI bots” (and “Manage AI bots”, where the zone has it), or limit it to hostnames other than this one.',
      where: 'Cloudflare → Security → Settings → Bot traffic',
    },
    {
      text: 'Set the crawler “Claude-User” to Allow. It is a person’s request and not a crawl.',
      where: 'Cloudflare → AI Crawl Control → Crawlers',
    },
    {
      text: 'Or skip the checks for Anthropic’s network: a custom rule with action Skip for all managed rules, all rate limiting rules and all Super Bot Fight Mode rules. On some plans a skip rule does not override “Block AI bots”: then turn that off.',
      where: 'Cloudflare → Security → WAF → Custom rules',
      code: skipExpression,
    },
  ],
  vercel: [
    {
      text: `Turn off Attack Challenge Mode, and set Bot Protection and the AI Bots ruleset to Log or Off. Or add a custom rule with action Bypass for the source ${anthropicEgress}.`,
      where: 'Vercel → project → Firewall',
    },
    {
      text: 'Turn off Vercel Authentication for this deployment, or connect the production domain instead of a preview URL.',
      where: 'Vercel → project → Settings → Deployment Protection',
    },
  ],
  cloudfront: {
    text: `Put an IP set rule that allows ${anthropicEgress} above all others, and take Claude-User out of the Bot Control rule group (category AI).`,
    where: 'AWS → WAF & Shield → web ACL of the distribution',
  },
  google: {
    text: `Add a rule of higher priority that allows ${anthropicEgress}.`,
    where: 'Google Cloud → Network Security → Cloud Armor policies',
  },
  azure: {
    text: `Add a custom rule of the lowest number that allows ${anthropicEgress}, or exclude the bot manager rule set for /mcp.`,
    where: 'Azure → Front Door → WAF policy → Custom rules',
  },
  fastly: {
    text: `Allow ${anthropicEgress} and the verified bot “Claude-User”.`,
    where: 'Fastly → Security → Next-Gen WAF → Site rules, and Bot Management',
  },
  akamai: {
    text: `Allow ${anthropicEgress} on a network list, and set the bot “Claude-User” to Monitor.`,
    where: 'Akamai → Bot Manager → category “AI assistants”',
  },
  imperva: {
    text: `Add ${anthropicEgress} to the allow list and the client “Claude-User” to the good bots.`,
    where: 'Imperva → Security → WAF settings and Bot access control',
  },
  sucuri: {
    text: `Add ${anthropicEgress} to the allowed addresses.`,
    where: 'Sucuri → Access control',
  },
  imunify: {
    text: `Add ${anthropicEgress} to the white list; a host without the panel has to be asked for it.`,
    where: 'Imunify360 → Lists → White list',
  },
  litespeed: {
    text: 'Turn ModSecurity off for this host name, or ask the hosting company to exempt /mcp.',
    where: 'hosting panel → ModSecurity',
  },
  nginx: {
    text: 'Remove rules that answer 403 by user agent (`if ($http_user_agent ~* …)`, a bad-bot list, ModSecurity) for these paths.',
    where: 'nginx → server block of this host',
  },
  apache: {
    text: 'Turn ModSecurity and bot lists off for /mcp.',
    where: 'Apache → virtual host of this server',
    code: '<Location "/mcp">\n  SecRuleEngine Off\n</Location>',
  },
}

/** What to change so that Claude's requests pass, for the detected products. */
export function allowClaude(edges: readonly Edge[]): FixStep[] {
  const own = edges.flatMap(({ id }) => steps[id] ?? [])
  const general = {
    text: `Allow ${anthropicEgress} and the user agents “Claude-User” and “python-httpx” on ${openPaths}, ahead of every firewall, bot and rate rule.`,
    where: 'every CDN, firewall, security plugin and load balancer in front of this server',
  }
  return own.length > 0 ? own : [general]
}

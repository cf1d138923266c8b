import { z } from 'zod'
import { defineSetting } from './define'
import { commaSeparated, oneOfWords, origin, wholeNumber } from './texts'

/**
 * Deviations from the specification that Claude and other clients send, with their names in
 * PORTICO_REFUSE_QUIRKS and in the log.
 */
export const quirkNames = [
  'accept-header',
  'repeated-version-header',
  'version-mismatch',
  'missing-method-header',
  'missing-name-header',
  'trailing-slash',
  'bearer-case',
] as const

/** A deviation that is absorbed unless it is refused by a setting. */
export type Quirk = (typeof quirkNames)[number]

const host = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine((text) => /^[a-z0-9.[\]:-]+$/.test(text), 'must be hosts, without scheme or path')

const list = (values: Iterable<string>): string | null => [...values].join(', ') || null

/** Proxies in front, what clients may do, and how far they may deviate. */
export const clients = {
  // Vercel overwrites X-Forwarded-For with the one address that a connection came from
  proxyHops: defineSetting('PORTICO_PROXY_HOPS', wholeNumber(0, 10), {
    default: { usual: '0', vercel: '1' },
    about:
      'How many reverse proxies are in front and append to `X-Forwarded-For`. With 0 the address of the connection itself is used.',
    page: {
      group: 'Server',
      label: 'Reverse proxies in front',
      off: 'None are trusted',
      format: (hops) => (hops > 0 ? String(hops) : null),
    },
  }),
  allowedOrigins: defineSetting('PORTICO_ALLOWED_ORIGINS', commaSeparated(origin), {
    default: '',
    about:
      'Further browser origins that may call `/mcp`, comma-separated. claude.ai, claude.com and loopback origins always may.',
    page: {
      group: 'Protocol',
      label: 'Further browser origins',
      off: 'Only claude.ai, claude.com and loopback',
      format: list,
    },
  }),
  refusedQuirks: defineSetting(
    'PORTICO_REFUSE_QUIRKS',
    commaSeparated(oneOfWords(...quirkNames)).transform(
      (names): ReadonlySet<Quirk> => new Set(names),
    ),
    {
      default: '',
      about: `Clients' deviations from the MCP specification are absorbed and recorded. Those listed here, comma-separated, are refused instead: ${quirkNames.map((name) => `\`${name}\``).join(', ')}.`,
      see: 'specifications.md#what-is-absorbed',
      page: {
        group: 'Protocol',
        label: 'Deviations that are refused',
        off: 'None: all are absorbed and recorded',
        format: list,
      },
    },
  ),
  internalClientHosts: defineSetting('PORTICO_INTERNAL_CLIENT_HOSTS', commaSeparated(host), {
    default: '',
    about:
      'Hosts from which client metadata documents and keys may be fetched although their address is not public or their port is not 443, comma-separated, with the port unless it is 443.',
    page: {
      group: 'Protocol',
      label: 'Internal hosts of client documents',
      off: 'Only public addresses',
      format: list,
    },
  }),
  /** which clients wait for an operator after a member or viewer allows them */
  clientApproval: defineSetting('PORTICO_CLIENT_APPROVAL', oneOfWords('none', 'first-seen'), {
    default: 'none',
    about:
      '`first-seen`: when a member or viewer allows a client, it waits until an operator approves it, once for each client. `none`: the signed-in person decides alone.',
  }),
  /** a person may hold twice as many */
  streamsPerConnection: defineSetting('PORTICO_STREAMS_PER_CONNECTION', wholeNumber(1, 5000), {
    default: '128',
    about:
      'How many MCP streams one connection may keep open at once on each instance; a person may keep twice as many. Raise it for a gateway that serves many people through one connection.',
  }),
}

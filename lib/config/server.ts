import { isIP } from 'node:net'
import { z } from 'zod'
import { allOrNone, combine, defineSetting } from './define'
import { commaSeparated, origin, secretOf, wholeNumber } from './texts'
import { vercelOrigin } from './vercel'

const name = z
  .string()
  .transform((text) =>
    text
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .toWellFormed(),
  )
  .refine((text) => text !== '' && text.length <= 80, 'must be 1 to 80 characters')

/** The server's address and name. */
export const server = {
  port: defineSetting('PORT', wholeNumber(0, 65_535), {
    default: '3000',
    about: 'Port to listen on.',
  }),
  /** the start command reads it before everything else */
  host: defineSetting(
    'PORTICO_HOST',
    z.string().refine((value) => isIP(value) !== 0, 'must be an IP address'),
    {
      without: 'loopback or all',
      commented: true,
      about:
        'Address to listen on. Default: `127.0.0.1` and `::1` while `PORTICO_URL` is on loopback, so that no other machine reaches it; otherwise every address of this machine. `127.0.0.1` if only a proxy on this machine connects to Portico. `::` for every address, as the image sets it: in a container, leave it out.',
    },
  ),
  /** `origin` is the issuer, byte-equal wherever it appears (RFC 8414 §3.3) */
  address: combine(
    {
      given: defineSetting('PORTICO_URL', origin, {
        without: '`http://localhost:$PORT`',
        about:
          'Public origin, exactly as people and Claude use it: https, no path. It is the issuer; the `Host` header has no effect.',
      }),
      former: defineSetting('PORTICO_FORMER_URLS', commaSeparated(origin), {
        default: '',
        about:
          'Former values of `PORTICO_URL`, and other names of this server, comma-separated. Their connections keep working, and move to `PORTICO_URL` when they refresh; after 30 days the names can be removed. Without them, every connection of an earlier address has to sign in again.',
        see: 'deploy-node.md#another-address',
      }),
    },
    {
      value: ({ given, former }, all) => {
        const own = vercelOrigin(given, all) ?? ''
        return {
          origin: own,
          /** the protected resource (RFC 9728 §1.2) */
          mcpUrl: `${own}/mcp`,
          /** further origins of this server, such as earlier ones, without the current one */
          formerOrigins: [...new Set(former)].filter((one) => one !== own),
        }
      },
      page: {
        group: 'Server',
        label: 'Public address',
        format: ({ origin: own, formerOrigins }) =>
          [own, ...formerOrigins.map((former) => `also ${former}`)].join(', '),
      },
    },
  ),
  serverName: defineSetting('PORTICO_SERVER_NAME', name, {
    default: 'Portico',
    about: 'Name shown to people and to clients.',
    dashboard: {
      label: 'Server name',
      hint: 'Shown to people when an app asks for access, and to clients.',
      problem: 'Give the server a name of at most 80 characters.',
    },
  }),
  firstAdmin: allOrNone({
    email: defineSetting('PORTICO_ADMIN_EMAIL', z.email('must be an e-mail address'), {
      about: 'E-mail address of the first admin, created without the set-up link.',
    }),
    password: defineSetting('PORTICO_ADMIN_PASSWORD', secretOf(12), {
      about: 'Password of that admin, at least 12 characters. Read only while there is no user.',
    }),
  }),
  stopSeconds: defineSetting('PORTICO_STOP_SECONDS', wholeNumber(0, 600), {
    default: '10',
    about:
      'How long a stopping server waits for open requests, in seconds. Give whatever stops it a few seconds more.',
  }),
}

import { isIP } from 'node:net'
import { z } from 'zod'
import { allOrNone, combine, defineSetting } from './define'
import { commaSeparated, origin, secretOf, wholeNumber } from './texts'
import { originOf } from './vercel'

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
        'Address to listen on. Default: `127.0.0.1` and `::1` while `PORTICO_URL` is on loopback, so that no other machine reaches it; else every address of this machine. `127.0.0.1` where a proxy on this machine is all that reaches Portico. `::` for every address, as the image sets it: in a container, leave it out.',
    },
  ),
  /** `origin` is the issuer, byte-equal wherever it appears (RFC 8414 §3.3) */
  address: combine(
    {
      given: defineSetting('PORTICO_URL', origin, {
        without: '`http://localhost:$PORT`',
        about:
          'Public origin, exactly as people and Claude reach it: https, no path. It is the issuer; the `Host` header decides nothing.',
      }),
      former: defineSetting('PORTICO_FORMER_URLS', commaSeparated(origin), {
        default: '',
        about:
          'What `PORTICO_URL` was before, and other names that lead here, comma-separated. What was connected under them goes on, and moves to `PORTICO_URL` when it refreshes; after 30 days they can be left out. Without it, every connection of an earlier address is told to sign in again.',
        see: 'deploy-node.md#another-address',
      }),
    },
    {
      value: ({ given, former }, all) => {
        const own = originOf(given, all) ?? ''
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
      hint: 'What people read when they are asked to allow an app, and what clients call this server.',
      problem: 'Give the server a name of at most 80 characters.',
    },
  }),
  firstAdmin: allOrNone({
    email: defineSetting('PORTICO_ADMIN_EMAIL', z.email('must be an e-mail address'), {
      about: 'E-mail address of a first admin, who is made without the set-up link.',
    }),
    password: defineSetting('PORTICO_ADMIN_PASSWORD', secretOf(12), {
      about: 'Password of that admin, at least 12 characters. Read only while there is no user.',
    }),
  }),
  stopSeconds: defineSetting('PORTICO_STOP_SECONDS', wholeNumber(0, 600), {
    default: '10',
    about:
      'How long requests that are being answered may take to end when the server is asked to stop, in seconds. Give whatever stops it a few seconds more.',
  }),
}

import { redirectHost } from '@/lib/oauth/redirect-uri'
import {
  event,
  flag,
  integer,
  keyOf,
  list,
  optional,
  reason,
  refusalMembers,
  text,
} from '../declare'
import { because, count, duration, refusal } from '../words'

/** `reason` when it is not their age */
const pruned = { count: integer, reason: optional(reason) }

const hostsOf = (uris: readonly string[] | undefined) =>
  [...new Set((uris ?? []).map(redirectHost))].join(', ') || 'nowhere'

const nameOf = (clientName: string | undefined) => clientName ?? 'A client'

const authentication = (method: string | undefined) =>
  method === 'none' ? 'a public client' : `authenticates by ${method ?? 'unknown'}`

/** What a client is served when its document cannot be used. */
const served = {
  'last good copy': 'its last good copy is used',
  'pinned copy': 'the built-in copy is used',
  nothing: 'the client is refused',
}

/** How clients are identified, and what admins do with them. */
export const clientEvents = {
  'client.registered': event({
    section: 'RFC 7591 §3.2.1',
    detail: {
      clientName: text,
      authMethod: text,
      redirectUris: list,
      softwareId: optional(text),
      ignored: optional(list),
      repeated: optional(flag),
    },
    label: 'Client registered',
    icon: 'AppWindow',
    sentence: ({ clientName, redirectUris, authMethod, ignored, repeated }) =>
      [
        `${nameOf(clientName)} returns to ${hostsOf(redirectUris)}`,
        authentication(authMethod),
        repeated && 'the same registration again, answered with the same client',
        ignored?.length && `ignored: ${ignored.join(', ')}`,
      ]
        .filter(Boolean)
        .join('; '),
  }),
  'client.refused': event({
    section: 'RFC 7591 §3.2.2',
    detail: refusalMembers,
    label: 'Registration refused',
    icon: 'ShieldX',
    sentence: refusal,
  }),
  'document.fetched': event({
    section: 'CIMD §4',
    detail: { clientName: text, freshFor: integer, pinned: optional(flag) },
    label: 'Client document read',
    icon: 'FileCheck',
    sentence: ({ clientName, freshFor, pinned }) =>
      `${nameOf(clientName)} describes itself${
        pinned ? ' with the built-in copy' : ''
      }; read again after ${duration(freshFor)}`,
  }),
  'document.changed': event({
    section: 'CIMD §5.2',
    detail: { clientName: text, redirectUris: list, authMethod: text },
    label: 'Client document changed',
    icon: 'FilePen',
    sentence: ({ clientName, redirectUris, authMethod }) =>
      `${nameOf(clientName)} now returns to ${hostsOf(redirectUris)}; ${authentication(
        authMethod,
      )}; remembered consents are forgotten`,
  }),
  'document.refused': event({
    section: 'CIMD §4',
    detail: { reason, served: keyOf(served) },
    label: 'Client document refused',
    icon: 'FileX',
    sentence: ({ reason, served: copy = 'nothing' }) =>
      `${because(reason, 'the document could not be used')}; ${served[copy] ?? copy}`,
  }),
  'client.created': event({
    section: 'RFC 6749 §2',
    detail: { clientName: text, authMethod: text },
    label: 'Client added',
    icon: 'PackagePlus',
    sentence: ({ clientName, authMethod }) =>
      `${nameOf(clientName)}, created by an admin; ${authentication(authMethod)}`,
  }),
  'client.disabled': event({
    section: 'RFC 6749 §2',
    detail: { clientName: text },
    label: 'Client disabled',
    icon: 'CircleOff',
    sentence: ({ clientName }) => `${nameOf(clientName)} is blocked, and its tokens are refused`,
  }),
  'client.enabled': event({
    section: 'RFC 6749 §2',
    detail: { clientName: text },
    label: 'Client enabled',
    icon: 'Play',
    sentence: ({ clientName }) => `${nameOf(clientName)} may connect again, and its tokens work`,
  }),
  'client.secret-rotated': event({
    section: 'RFC 6749 §2.3.1',
    detail: { clientName: text },
    label: 'Client secret rotated',
    icon: 'KeyRound',
    sentence: ({ clientName }) => `${nameOf(clientName)} has a new secret; the old one is invalid`,
  }),
  'client.deleted': event({
    section: 'RFC 6749 §2',
    detail: { clientName: text },
    label: 'Client deleted',
    icon: 'Trash2',
    sentence: ({ clientName }) => `${nameOf(clientName)}, with its connections and tokens`,
  }),
  'clients.pruned': event({
    section: 'RFC 7591 §5',
    detail: pruned,
    label: 'Unused clients deleted',
    icon: 'Sparkles',
    sentence: ({ count: pruned }) =>
      `${count(pruned, 'client')} that registered and were never approved`,
  }),
  'interactions.pruned': event({
    section: 'RFC 6749 §4.1.1',
    detail: pruned,
    label: 'Old requests deleted',
    icon: 'Sparkles',
    sentence: ({ count: pruned }) =>
      `${count(pruned, 'authorization request')} that nobody signed in for`,
  }),
}

import {
  AppWindow,
  CircleOff,
  FileCheck,
  FilePen,
  FileX,
  KeyRound,
  PackagePlus,
  Play,
  ShieldX,
  Sparkles,
  Trash2,
} from 'lucide-react'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { because, count, duration, type Presentations, refusal } from './presentation'

type Names =
  | 'client.registered'
  | 'client.refused'
  | 'document.fetched'
  | 'document.changed'
  | 'document.refused'
  | 'client.created'
  | 'client.disabled'
  | 'client.enabled'
  | 'client.secret-rotated'
  | 'client.deleted'
  | 'clients.pruned'
  | 'interactions.pruned'

const hostsOf = (uris: readonly string[] | undefined) =>
  [...new Set((uris ?? []).map(redirectHost))].join(', ') || 'nowhere'

const nameOf = (clientName: string | undefined) => clientName ?? 'A client'

const authentication = (method: string | undefined) =>
  method === 'none' ? 'a public client' : `authenticates by ${method ?? 'unknown'}`

/** What a client goes on with when its document cannot be used. */
const served: Readonly<Record<string, string>> = {
  'last good copy': 'its last good copy is used',
  'pinned copy': 'the copy that Portico brings along is used',
  nothing: 'the client is turned away',
}

/** How clients make themselves known, and what admins do with them. */
export const clientEvents: Presentations<Names> = {
  'client.registered': {
    label: 'Client registered',
    icon: AppWindow,
    sentence: ({ clientName, redirectUris, authMethod, ignored, repeated }) =>
      [
        `${nameOf(clientName)} returns to ${hostsOf(redirectUris)}`,
        authentication(authMethod),
        repeated && 'the same registration again, answered with the same client',
        ignored?.length && `ignored: ${ignored.join(', ')}`,
      ]
        .filter(Boolean)
        .join('; '),
  },
  'client.refused': { label: 'Registration refused', icon: ShieldX, sentence: refusal },
  'document.fetched': {
    label: 'Client document read',
    icon: FileCheck,
    sentence: ({ clientName, freshFor, pinned }) =>
      `${nameOf(clientName)} describes itself${
        pinned ? ' by the copy that Portico brings along' : ''
      }; read again after ${duration(freshFor)}`,
  },
  'document.changed': {
    label: 'Client document changed',
    icon: FilePen,
    sentence: ({ clientName, redirectUris, authMethod }) =>
      `${nameOf(clientName)} now returns to ${hostsOf(redirectUris)}; ${authentication(
        authMethod,
      )}; remembered consents are forgotten`,
  },
  'document.refused': {
    label: 'Client document refused',
    icon: FileX,
    sentence: ({ reason, served: copy = 'nothing' }) =>
      `${because(reason, 'the document could not be used')}; ${served[copy] ?? copy}`,
  },
  'client.created': {
    label: 'Client added',
    icon: PackagePlus,
    sentence: ({ clientName, authMethod }) =>
      `${nameOf(clientName)}, made by an admin; ${authentication(authMethod)}`,
  },
  'client.disabled': {
    label: 'Client disabled',
    icon: CircleOff,
    sentence: ({ clientName }) => `${nameOf(clientName)} cannot ask, and its tokens are refused`,
  },
  'client.enabled': {
    label: 'Client enabled',
    icon: Play,
    sentence: ({ clientName }) => `${nameOf(clientName)} may ask again, and its tokens work`,
  },
  'client.secret-rotated': {
    label: 'Client secret rotated',
    icon: KeyRound,
    sentence: ({ clientName }) => `${nameOf(clientName)} has a new secret; the old one has ended`,
  },
  'client.deleted': {
    label: 'Client deleted',
    icon: Trash2,
    sentence: ({ clientName }) => `${nameOf(clientName)}, with its connections and tokens`,
  },
  'clients.pruned': {
    label: 'Clients tidied away',
    icon: Sparkles,
    sentence: ({ count: pruned }) =>
      `${count(pruned, 'client')} that registered and that nobody ever allowed`,
  },
  'interactions.pruned': {
    label: 'Requests tidied away',
    icon: Sparkles,
    sentence: ({ count: pruned }) =>
      `${count(pruned, 'authorization request')} that nobody signed in for`,
  },
}

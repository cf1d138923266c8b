import 'server-only'
import { query } from '@/lib/auth/declared'
import { shortenId } from '@/lib/handshake/redact'
import { newestParticipants } from '@/lib/store/handshakes/handshakes'
import { userEmails } from '@/lib/store/people/users'

type Choice = { readonly value: string; readonly label: string }

/** The filters of the list of handshakes: recent clients and people. */
export type HandshakeChoices = {
  readonly clients: readonly Choice[]
  readonly people: readonly Choice[]
}

const byLabel = (a: Choice, b: Choice): number => a.label.localeCompare(b.label)

/** Clients and people of the newest attempts, by name. */
export const readHandshakeChoices = query(
  { role: 'viewer', path: '/admin/handshakes' },
  async (): Promise<HandshakeChoices> => {
    const { clients, userIds } = await newestParticipants()
    const emails = await userEmails(userIds)
    return {
      clients: clients
        .map(({ clientId, clientName }) => ({
          value: clientId,
          label: clientName ? `${clientName} (${shortenId(clientId)})` : clientId,
        }))
        .sort(byLabel),
      people: [...emails].map(([value, label]) => ({ value, label })).sort(byLabel),
    }
  },
)

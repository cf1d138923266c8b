import 'server-only'
import { keyedHash } from '@/lib/config/secrets'
import type { Client } from '@/lib/store/clients/clients'

/**
 * A client's secret follows from its id and a key of ours, so that a repeated registration can be
 * told the same one although only its hash is stored.
 */
export const clientSecret = ({ id, secretVersion }: Pick<Client, 'id' | 'secretVersion'>): string =>
  `psec_${keyedHash('client-secret', `${id}:${secretVersion}`)}`

import 'server-only'
import { keyedHash } from '@/lib/config/secrets'
import type { Client } from '@/lib/store/clients/clients'

/**
 * Derives a client's secret from its id and a key of ours, so that a repeated registration gets the
 * same secret although only its hash is stored.
 */
export const clientSecret = ({ id, secretVersion }: Pick<Client, 'id' | 'secretVersion'>): string =>
  `psec_${keyedHash('client-secret', `${id}:${secretVersion}`)}`

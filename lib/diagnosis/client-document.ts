import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import { standing } from './evidence'

/** Client metadata documents that were refused when no copy was available, oldest first. */
export const documentsRefused = (handshake: Handshake): HandshakeEvent[] =>
  standing(handshake, 'document.refused').filter(({ detail }) => detail.served === 'nothing')

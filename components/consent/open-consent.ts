import type { ConsentView } from '@/lib/endpoints/consent'

/** A request that waits for its answer. */
export type OpenConsent = Extract<ConsentView, { state: 'open' }>

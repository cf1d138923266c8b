import { type DocumentServer, trusting } from '../oauth/document-server'
import { startPortico } from './portico'
import type { Portico } from './portico-process'

/** Starts a Portico that fetches documents only from one server. */
export const startTrusting = (documents: DocumentServer): Promise<Portico> =>
  startPortico({ env: trusting(documents) })

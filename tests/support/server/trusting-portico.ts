import { type DocumentServer, trusting } from '../oauth/document-server'
import { startPortico } from './portico'
import type { Portico } from './portico-process'

/** Starts a Portico that fetches documents from one server and from nowhere else. */
export const startTrusting = (documents: DocumentServer): Promise<Portico> =>
  startPortico({ env: trusting(documents) })

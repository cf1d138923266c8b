import { FileJson, FileKey, FileSearch, FileX } from 'lucide-react'
import { count, type Presentations, sentenceCase } from './presentation'

type Names =
  | 'resource-metadata.served'
  | 'server-metadata.served'
  | 'key-set.served'
  | 'well-known.missed'

const place = (canonical: boolean | undefined) =>
  canonical === false ? ', asked for at a fallback address' : ''

export const discoveryEvents: Presentations<Names> = {
  'resource-metadata.served': {
    label: 'Resource metadata served',
    icon: FileSearch,
    sentence: ({ canonical, askedAt }) =>
      `Says which server issues tokens for /mcp${place(canonical)}${askedAt ? `, asked for at ${askedAt}` : ''}`,
  },
  'server-metadata.served': {
    label: 'Server metadata served',
    icon: FileJson,
    sentence: ({ canonical }) => `Lists the endpoints and what they accept${place(canonical)}`,
  },
  'key-set.served': {
    label: 'Key set served',
    icon: FileKey,
    sentence: ({ keys }) => `${count(keys, 'public key')} to verify tokens`,
  },
  'well-known.missed': {
    label: 'Unknown document',
    icon: FileX,
    sentence: ({ hint }) => sentenceCase(hint ?? 'this server does not publish such a document'),
  },
}

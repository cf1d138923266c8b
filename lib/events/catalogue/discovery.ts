import { event, flag, integer, optional, text } from '../declare'
import { count, sentenceCase } from '../words'

const document = { document: optional(text), canonical: optional(flag) }

const place = (canonical: boolean | undefined) =>
  canonical === false ? ', requested at a fallback address' : ''

export const discoveryEvents = {
  'resource-metadata.served': event({
    section: 'RFC 9728 §3.2',
    detail: { ...document, askedAt: optional(text) },
    label: 'Resource metadata served',
    icon: 'FileSearch',
    sentence: ({ canonical, askedAt }) =>
      `Says which server issues tokens for /mcp${place(canonical)}${askedAt ? `, requested at ${askedAt}` : ''}`,
  }),
  'server-metadata.served': event({
    section: 'RFC 8414 §3.2',
    detail: document,
    label: 'Server metadata served',
    icon: 'FileJson',
    sentence: ({ canonical }) => `Lists the endpoints and what they accept${place(canonical)}`,
  }),
  'key-set.served': event({
    section: 'RFC 7517 §5',
    detail: { keys: integer },
    label: 'Key set served',
    icon: 'FileKey',
    sentence: ({ keys }) => `${count(keys, 'public key')} to verify tokens`,
  }),
  'well-known.missed': event({
    section: 'RFC 8615 §3',
    detail: { hint: optional(text) },
    label: 'Unknown document',
    icon: 'FileX',
    sentence: ({ hint }) => sentenceCase(hint ?? 'this server does not publish such a document'),
  }),
}

import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server'
import { redPixel } from './content'
import { scopeChallenge } from './tool'

const watched = 'test://watched-resource'

/** A text that can be read at one address. */
function addText(server: McpServer, uri: string, name: string, value: string): void {
  const mimeType = 'text/plain'
  server.registerResource(name, uri, { description: value, mimeType, scopeChallenge }, () => ({
    contents: [{ uri, mimeType, text: value }],
  }))
}

function addBinary(server: McpServer): void {
  const uri = 'test://static-binary'
  const mimeType = 'image/png'
  server.registerResource(
    'static-binary',
    uri,
    { description: 'One red pixel.', mimeType, scopeChallenge },
    () => ({ contents: [{ uri, mimeType, blob: redPixel }] }),
  )
}

function addTemplate(server: McpServer): void {
  const mimeType = 'application/json'
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { description: 'Data by its id.', mimeType, scopeChallenge },
    ({ href: uri }, { id }) => {
      const value = { id, templateTest: true, data: `Data for ID: ${id}` }
      return { contents: [{ uri, mimeType, text: JSON.stringify(value) }] }
    },
  )
}

/** Resources of each kind, and subscriptions to them, of which none ever has anything to tell. */
export function addResources(server: McpServer): void {
  addText(
    server,
    'test://static-text',
    'static-text',
    'This is the content of the static text resource.',
  )
  addText(server, watched, 'watched-resource', 'This resource may be subscribed to.')
  addBinary(server)
  addTemplate(server)
  server.server.setRequestHandler('resources/subscribe', () => ({}))
  server.server.setRequestHandler('resources/unsubscribe', () => ({}))
}

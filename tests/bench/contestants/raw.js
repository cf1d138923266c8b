import { createServer } from 'node:http'
import { port } from './shared.js'

/** The limit: reads the body, parses nothing, answers the same bytes. */

const rpc = Buffer.from(
  JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'ok' }] } }),
)
const metadata = Buffer.from(
  JSON.stringify({ issuer: 'https://as.bench.invalid', response_types_supported: ['code'] }),
)

createServer(async (request, response) => {
  for await (const _chunk of request);
  const body = request.method === 'POST' ? rpc : metadata
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    .end(body)
}).listen(port, '127.0.0.1')

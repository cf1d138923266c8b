import { createServer, type IncomingHttpHeaders } from 'node:http'
import { freePort } from '../server/free-port.mjs'

/** One received request. */
export type Posted = {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver's response. */
export type Reply = {
  readonly status: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A third-party server that receives webhooks. */
export type WebhookReceiver = {
  readonly url: string
  /** in order of arrival */
  readonly posted: Posted[]
  /** the next responses; 200 when empty */
  readonly replies: Reply[]
  close(): Promise<void>
}

/** Starts a receiver. @param path of its URL, which contains a token as Slack's do */
export async function receiveWebhooks(path: string): Promise<WebhookReceiver> {
  const posted: Posted[] = []
  const replies: Reply[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { url = '', headers } = request
    posted.push({ url, headers, body: Buffer.concat(chunks).toString('utf8') })
    const { status, body, headers: more } = replies.shift() ?? { status: 200 }
    response.writeHead(status, more).end(body)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, resolve))
  return {
    url: `http://localhost:${port}${path}`,
    posted,
    replies,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

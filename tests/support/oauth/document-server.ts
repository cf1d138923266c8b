import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '../server/free-port.mjs'

/** A local https server for client metadata documents. */
export type DocumentServer = {
  readonly origin: string
  readonly host: string
  /** file of the certificate to trust */
  readonly certificate: string
  /** requested paths, in order */
  readonly asked: string[]
  serve(path: string, answer: Answer): void
  close(): Promise<void>
}

/** The answer for a path: JSON, or whatever a function writes. */
type Answer = Readonly<Record<string, unknown>> | ((response: ServerResponse) => void)

const directories: string[] = []

function selfSigned(hosts: readonly string[]): { key: string; certificate: string } {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-certificate-'))
  directories.push(directory)
  const [key, certificate] = [path.join(directory, 'key.pem'), path.join(directory, 'cert.pem')]
  const others = hosts.map((host) => `,DNS:${host}`).join('')
  const names = `subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1${others}`
  const usual = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const made = ['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost']
  execFileSync('openssl', [...usual, ...made, '-addext', names], { stdio: 'ignore' })
  return { key, certificate }
}

function write(response: ServerResponse, answer: Answer | undefined): void {
  if (typeof answer === 'function') answer(response)
  else if (!answer) response.writeHead(404).end()
  else {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }
}

/**
 * Starts a document server with its own certificate.
 *
 * @param hosts additional hosts of the certificate
 */
export async function serveDocuments(hosts: readonly string[] = []): Promise<DocumentServer> {
  const { key, certificate } = selfSigned(hosts)
  const answers = new Map<string, Answer>()
  const asked: string[] = []
  const pem = { key: readFileSync(key), cert: readFileSync(certificate) }
  const server = createServer(pem, (request, response) => {
    asked.push(request.url ?? '')
    write(response, answers.get(request.url ?? ''))
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, resolve))
  return {
    origin: `https://localhost:${port}`,
    host: `localhost:${port}`,
    certificate,
    asked,
    serve: (at, answer) => void answers.set(at, answer),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      for (const directory of directories.splice(0)) rmSync(directory, { recursive: true })
    },
  }
}

/** Only this machine's names resolve. */
const offline = `
import dns from 'node:dns/promises'
import { syncBuiltinESMExports } from 'node:module'
const { lookup } = dns
dns.lookup = (host, ...rest) =>
  host === 'localhost' ? lookup(host, ...rest) : Promise.reject(new Error('offline'))
syncBuiltinESMExports()`

/** Settings of a Portico that fetches documents only from one server. */
export const trusting = ({ host, certificate }: DocumentServer) => ({
  PORTICO_INTERNAL_CLIENT_HOSTS: host,
  NODE_EXTRA_CA_CERTS: certificate,
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(offline)}`,
})

/** Serves a client's document and returns its client data. */
export function documentClient(
  { origin, serve }: DocumentServer,
  at: string,
  members: Readonly<Record<string, unknown>> = {},
) {
  const document = {
    client_id: `${origin}${at}`,
    client_name: `Client at ${at}`,
    redirect_uris: [`${origin}/callback`],
    ...members,
  }
  serve(at, document)
  return document
}

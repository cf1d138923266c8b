import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A tap between a program and PostgreSQL. */
export type PostgresTap = {
  /** the database's address, through the tap */
  readonly url: string
  /** SQL of every statement executed since the last call */
  taken(): string[]
  close(): Promise<void>
}

const textAt = (bytes: Buffer, start: number): [string, number] => {
  const end = bytes.indexOf(0, start)
  return [bytes.toString('utf8', start, end), end + 1]
}

/**
 * Parses client messages (PostgreSQL "Frontend/Backend Protocol", message formats): a simple
 * query, or the execution of a prepared statement.
 */
function frontend(executed: string[]): (chunk: Buffer) => void {
  const prepared = new Map<string, string>()
  let rest = Buffer.alloc(0)
  let isStarted = false
  const read = (type: string, body: Buffer) => {
    if (type === 'Q') executed.push(textAt(body, 0)[0])
    else if (type === 'P') {
      const [name, next] = textAt(body, 0)
      prepared.set(name, textAt(body, next)[0])
    } else if (type === 'B') {
      const [, next] = textAt(body, 0)
      executed.push(prepared.get(textAt(body, next)[0]) ?? 'unknown')
    }
  }
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      // the first message has no type
      const head = isStarted ? 1 : 0
      if (rest.length < head + 4) return
      const length = rest.readUInt32BE(head)
      if (rest.length < head + length) return
      if (isStarted) read(String.fromCharCode(rest[0] ?? 0), rest.subarray(5, 1 + length))
      isStarted = true
      rest = rest.subarray(head + length)
    }
  }
}

/** Starts a tap in front of a database. @param port of an earlier tap, to replace it */
export async function tapPostgres(databaseUrl: string, port = 0): Promise<PostgresTap> {
  const to = new URL(databaseUrl)
  const executed: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(to.port || 5432), to.hostname)
    const listen = frontend(executed)
    client.on('data', listen)
    client.pipe(upstream).pipe(client)
    for (const side of [client, upstream]) {
      sockets.add(side)
      side.on('error', () => side.destroy()).on('close', () => sockets.delete(side))
    }
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    taken: () => executed.splice(0),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await once(server.close(), 'close')
    },
  }
}

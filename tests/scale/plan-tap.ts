import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A node of a plan as EXPLAIN (ANALYZE, FORMAT JSON) has it. */
export type PlanNode = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly PlanNode[]
}

/** A statement as it was executed, with its own parameters. */
export type Executed = { readonly 'Query Text': string; readonly Plan: PlanNode }

/** SQL that makes a database explain to its clients whatever it executes. */
export const explainEverything = (database: string): string =>
  Object.entries({
    session_preload_libraries: `'auto_explain'`,
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  })
    .map(([name, value]) => `alter database "${database}" set ${name} = ${value}`)
    .join(';')

/** The message of a NoticeResponse ("Frontend/Backend Protocol", "Error and Notice Message Fields"). */
const messageIn = (body: Buffer): string | undefined =>
  body
    .toString('utf8')
    .split('\0')
    .find((field) => field.startsWith('M'))
    ?.slice(1)

function listener(tell: (executed: Executed) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 5 && rest.length > rest.readUInt32BE(1)) {
      const end = 1 + rest.readUInt32BE(1)
      const message = rest[0] === 'N'.charCodeAt(0) ? messageIn(rest.subarray(5, end)) : undefined
      const plan = message && /^duration: .*?plan:\s*(\{.*)$/s.exec(message)?.[1]
      if (plan) tell(JSON.parse(plan) as Executed)
      rest = rest.subarray(end)
    }
  }
}

/** A way to a database on which its explanations are overheard. */
export type PlanTap = {
  readonly url: string
  /** what was executed since the last call */
  taken(): Executed[]
  close(): Promise<void>
}

/** Listens on the way to a database that {@link explainEverything} was run on. */
export async function tapPlans(databaseUrl: string): Promise<PlanTap> {
  const url = new URL(databaseUrl)
  const [host, port] = [url.hostname, Number(url.port)]
  const executed: Executed[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(port, host)
    upstream.on(
      'data',
      listener((one) => executed.push(one)),
    )
    client.pipe(upstream).pipe(client)
    for (const side of [client, upstream]) {
      sockets.add(side)
      side.on('error', () => side.destroy()).on('close', () => sockets.delete(side))
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
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

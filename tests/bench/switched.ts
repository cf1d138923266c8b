import path from 'node:path'
import pg from 'pg'
import { porticoOn, porticoShots } from './contestants'
import { createDatabase } from './databases'
import { prepare } from './handshakes'
import type { Leg } from './legs'
import { connections, type Target } from './load'
import { type Running, start } from './running'

/** A Portico that can be told not to record, with what it should have recorded so far. */
export type Switched = {
  readonly running: Running
  /** what is asked for, and where */
  readonly target: (leg: Leg) => Target
  readonly databaseUrl: string
  isRecording: boolean
  /** calls that were answered while it recorded */
  answered: number
  /** loads that ended meanwhile: each cuts off what is under way, recorded or not */
  loads: number
}

/** Starts one that records. @param name of its database, which is made on the server */
export async function startSwitched(server: string, name: string): Promise<Switched> {
  const databaseUrl = await createDatabase(server, name)
  const { args, ...entry } = porticoOn(databaseUrl)
  const switches = ['--expose-gc', '--import', path.join(import.meta.dirname, 'switch.mjs')]
  const running = await start({ ...entry, args: [...switches, ...args] })
  const { accessToken } = await prepare(`http://localhost:${running.port}`, 0)
  const shots = porticoShots(accessToken)
  return {
    running,
    databaseUrl,
    ...{ isRecording: true, answered: 0, loads: 0 },
    target: (leg) => {
      const shot = shots[leg]
      if (!shot) throw new Error(`Portico is not asked ${leg}`)
      return { port: running.port, shot }
    },
  }
}

/** Has it record or not, from a moment later on. */
export function flip(side: Switched): void {
  process.kill(side.running.pid, 'SIGUSR2')
  side.isRecording = !side.isRecording
}

/** @throws {Error} when it has recorded fewer calls than it answered, or others than it should have */
export async function checkRecord({ databaseUrl, answered, loads }: Switched): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const text = `select count(*)::integer as calls from "Event" where name = 'mcp.called'`
  const recorded = (await client.query<{ calls: number }>(text)).rows[0]?.calls ?? 0
  await client.end()
  if (recorded < answered || recorded > answered + loads * connections) {
    throw new Error(`${answered} calls were to be recorded in ${loads} loads, ${recorded} were`)
  }
}

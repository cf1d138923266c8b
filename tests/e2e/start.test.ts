import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { sharedOrigin, startPortico } from '../support/server/portico'
import { StartFailure } from '../support/server/portico-process'

const failureOf = async (start: Promise<unknown>): Promise<StartFailure> => {
  const failure = await start.catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(StartFailure)
  return failure as StartFailure
}

it.each<Record<string, string>>([
  { PORTICO_URL: 'ftp://portico.test', PORTICO_SECRET: 'short' },
  // before there is a port to listen on
  { PORT: '80a', PORTICO_SECRET: 'short' },
])('names every problem of a wrong configuration: %o', async (env) => {
  const { code, output } = await failureOf(startPortico({ env }))
  expect(code).toBe(1)
  for (const name of Object.keys(env)) expect(output).toMatch(new RegExp(`^${name}: `, 'm'))
})

it('says in one line that the port is taken', async () => {
  const port = Number(new URL(sharedOrigin()).port)
  const { code, output } = await failureOf(startPortico({ port }))
  expect(code).toBe(1)
  expect(output.trim()).toBe(`port ${port} is taken: end what uses it, or set PORT`)
})

it('stops cleanly while a request is open', async () => {
  const portico = await startPortico()
  const socket = connect(Number(new URL(portico.origin).port), 'localhost').on('error', () => {})
  await once(socket, 'connect')
  socket.write('POST /token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nhalf')
  const { code } = await portico.stop()
  expect(code).toBe(0)
})

it('finds its data again after kill -9', async () => {
  const first = await startPortico({ isFirst: true })
  const keysOf = async (origin: string) => (await fetch(`${origin}/.well-known/jwks.json`)).json()
  const keys = await keysOf(first.origin)
  await first.kill()
  const second = await startPortico({ dataDir: first.dataDir })
  expect(await keysOf(second.origin)).toEqual(keys)
})

import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { describeAddresses, listen, listenAddresses } from '@/lib/cli/listen.mjs'

const loopback = ['127.0.0.1', '::1']
let opened: { close(): unknown }[] = []
afterEach(() => {
  for (const door of opened) door.close()
  opened = []
})

test.each([
  [{}, loopback],
  [{ PORTICO_HOST: '', PORTICO_URL: '' }, loopback],
  [{ PORTICO_URL: 'http://localhost:3000' }, loopback],
  [{ PORTICO_URL: 'https://localhost' }, loopback],
  [{ PORTICO_URL: 'http://127.0.0.1:3000' }, loopback],
  [{ PORTICO_URL: 'http://[::1]:3000' }, loopback],
  // the check of the configuration refuses it, after the port was taken
  [{ PORTICO_URL: 'portico.example.com' }, loopback],
  [{ PORTICO_URL: 'https://portico.example.com' }, null],
  [{ PORTICO_URL: 'https://localhost.example.com' }, null],
  [{ PORTICO_HOST: '::' }, null],
  [{ PORTICO_HOST: '0.0.0.0' }, ['0.0.0.0']],
  [{ PORTICO_HOST: '192.0.2.7', PORTICO_URL: 'http://localhost:3000' }, ['192.0.2.7']],
  [{ PORTICO_HOST: '127.0.0.1', PORTICO_URL: 'https://portico.example.com' }, ['127.0.0.1']],
])('%o listens on %j', (settings, addresses) => {
  expect(listenAddresses(settings)).toEqual(addresses)
})

const answering = (): Server => createServer((_, response) => response.end('here'))

async function open(addresses: readonly string[]) {
  const server = answering()
  const listening = await listen(server, { port: 0, addresses })
  opened.push(...listening.sockets)
  return listening
}

test('each address answers, on the same port', async () => {
  const { addresses, port, sockets } = await open(loopback)
  expect(sockets).toHaveLength(addresses?.length ?? 0)
  for (const address of addresses ?? []) {
    const host = address.includes(':') ? `[${address}]` : address
    expect(await (await fetch(`http://${host}:${port}`)).text()).toBe('here')
  }
})

test('an address that this machine does not have is left out, but not where it is the only one', async () => {
  expect((await open(['192.0.2.7', '127.0.0.1'])).addresses).toEqual(['127.0.0.1'])
  expect((await open(['127.0.0.1', '2001:db8::7'])).addresses).toEqual(['127.0.0.1'])
  await expect(open(['192.0.2.7'])).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
})

test('a port that is taken on one of them is taken', async () => {
  const { port } = await open(['127.0.0.2'])
  const server = answering()
  opened.push(server)
  await expect(
    listen(server, { port, addresses: ['127.0.0.1', '127.0.0.2'] }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('every socket ends with the server', async () => {
  const { port, sockets } = await open(['127.0.0.1', '127.0.0.2'])
  for (const door of sockets) door.close()
  for (const host of ['127.0.0.1', '127.0.0.2']) {
    const socket = connect(port, host)
    const code = await new Promise((resolve) =>
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code)),
    )
    expect(code).toBe('ECONNREFUSED')
  }
})

test('where it listens is said', () => {
  expect(describeAddresses(null, 3000)).toBe('port 3000 of every address of this machine')
  expect(describeAddresses(loopback, 3000)).toBe(
    'port 3000 of 127.0.0.1 and ::1, for this machine only',
  )
  expect(describeAddresses(['192.0.2.7'], 80)).toBe('port 80 of 192.0.2.7')
})

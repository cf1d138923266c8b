import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { useOwnDatabase as ownDatabase } from '../support/database/own-database'
import { verifies } from '../support/sources/verifies'

/** A document that was refused is read again after a while, whoever asked for it meanwhile. */

const url = 'https://app.example.com/client.json'
const served = { client_name: 'App', redirect_uris: ['https://app.example.com/callback'] }
let fetches = 0
let document: object = served

vi.mock('@/lib/http/safe-fetch', async (original) => ({
  ...(await original<typeof import('@/lib/http/safe-fetch')>()),
  safeFetch: async () => {
    fetches += 1
    return {
      body: JSON.stringify(document),
      mediaType: 'application/json',
      cacheControl: null,
    }
  },
}))

const { closeDatabase } = await ownDatabase()
const { documentClient } = await import('@/lib/endpoints/client-documents')
const { openExchange } = await import('@/lib/recorder/exchange')
const { flushEvents } = await import('@/lib/recorder/queue')

afterAll(async () => {
  await flushEvents()
  await closeDatabase()
})
afterEach(() => vi.restoreAllMocks())

const began = Date.now()

/** A stranger asks for the client, so many seconds after the first. */
async function asks(seconds: number): Promise<string> {
  vi.spyOn(Date, 'now').mockReturnValue(began + seconds * 1000)
  const arrival = { method: 'GET', path: '/authorize', headers: new Headers() }
  const visit = Object.assign(openExchange(arrival, 0), { signedIn: null })
  const [client] = await Promise.allSettled([documentClient(url, null, visit)])
  vi.restoreAllMocks()
  return client.status
}

test(verifies(['A60'], 'who asks meanwhile does not put it off'), async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  expect([await asks(0), fetches]).toEqual(['rejected', 1])
  document = { client_id: url, ...served }
  expect([await asks(20), fetches]).toEqual(['rejected', 1])
  expect([await asks(40), fetches]).toEqual(['fulfilled', 2])
})

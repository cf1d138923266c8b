import { setTimeout as sleep } from 'node:timers/promises'
import { claudeCode, hostedClaude } from '../../support/clients/claude-clients'
import type { ClientScript } from '../../support/clients/claude-script'
import { readsDocuments, registers } from '../../support/handshakes/corpus-client'
import { corpusFaults, rewrites } from '../../support/handshakes/corpus-faults'
import type { Scenario } from '../../support/handshakes/corpus-scenario'
import type { World } from '../../support/handshakes/corpus-world'

const serverMetadata = /oauth-authorization-server/

/** Registers with other members than it should. */
const registersWith =
  (script: ClientScript, members: Readonly<Record<string, unknown>>) => (world: World) =>
    registers(world, { ...script, registration: { ...script.registration, ...members } })

const crowded = { ...claudeCode, addresses: ['198.51.100.78'] }

/** Uses up what an address may register. */
async function registersOften({ origin }: World): Promise<void> {
  const headers = { 'x-forwarded-for': '198.51.100.78', 'content-type': 'application/json' }
  for (let time = 0; time < 60; time += 1) {
    const body = JSON.stringify(claudeCode.registration)
    await fetch(`${origin}/register`, { method: 'POST', headers, body })
  }
}

/** Reads the documents and finds nothing in them that it can go on with. */
const onlyReads = (world: World) => readsDocuments(world)

export const registrationScenarios: readonly Scenario[] = [
  {
    stream: 'dcr-method-refused',
    mode: 'dcr-method-refused',
    how: 'the client registers with tls_client_auth',
    run: registersWith(hostedClaude, { token_endpoint_auth_method: 'tls_client_auth' }),
  },
  {
    stream: 'dcr-custom-scheme-refused',
    mode: 'dcr-custom-scheme-refused',
    how: 'the client registers an address that a browser would run',
    run: registersWith(claudeCode, { redirect_uris: ['data:text/html,callback'] }),
  },
  {
    stream: 'dcr-loopback-http-refused',
    mode: 'dcr-loopback-http-refused',
    how: 'the client registers plain http in the home network',
    run: registersWith(claudeCode, { redirect_uris: ['http://192.168.1.10:8080/callback'] }),
  },
  {
    stream: 'dcr-rate-limited',
    mode: 'dcr-rate-limited',
    how: 'a program at the same address has registered sixty times within the minute',
    before: registersOften,
    run: (world) => registers(world, crowded),
  },
  {
    stream: 'dcr-strict-body',
    mode: 'dcr-strict-body',
    how: 'the registration has no redirect URIs',
    run: registersWith(hostedClaude, { redirect_uris: undefined }),
  },
  {
    stream: 'dcr-strict-body-text',
    mode: 'dcr-strict-body',
    how: 'the body of the registration ends in the middle',
    run: async (world) => {
      const { wire, discovered } = await readsDocuments(world)
      await wire.send('registration', 'control', discovered.registrationUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"redirect_uris":["https://cl',
      })
    },
  },
  {
    stream: 'no-registration-path',
    mode: 'no-registration-path',
    how: 'a proxy serves metadata that offer neither registration nor documents of clients',
    fault: rewrites(serverMetadata, ({ registration_endpoint: _, ...rest }) => ({
      ...rest,
      client_id_metadata_document_supported: false,
    })),
    run: onlyReads,
  },
  {
    stream: 'cimd-flag-half',
    mode: 'cimd-flag-half',
    how: 'a proxy serves metadata without “none”; the client stops there',
    fault: rewrites(serverMetadata, (document) => ({
      ...document,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    })),
    run: onlyReads,
  },
  {
    stream: 'dcr-201-then-abort',
    mode: 'dcr-201-then-abort',
    how: 'the client registers, and no browser comes',
    after: 120_000,
    run: (world) => registers(world),
  },
  {
    stream: 'slow-discovery',
    mode: 'slow-discovery',
    how: 'the registration waits for 10.6 s, and the client gives up after 10',
    fault: corpusFaults.slowRegistration,
    after: 45_000,
    run: async (world) => {
      await registers(world, { ...hostedClaude, timeoutMs: 10_000 }).catch(() => undefined)
      await sleep(1500)
    },
  },
]

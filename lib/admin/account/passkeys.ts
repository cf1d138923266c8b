import 'server-only'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { command, query } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import { checkMadePasskey, creationOptions } from '@/lib/auth/passkeys'
import { sentText } from '@/lib/http/sent'
import { shownText } from '@/lib/oauth/shown-text'
import {
  deletePasskey,
  insertPasskey,
  listPasskeysOf,
  updatePasskeyName,
} from '@/lib/store/people/passkeys'
import { type ActionResult, done, refused } from '../outcome'
import { accountPath } from './path'
import { type ProofResult, proofFault } from './proof-fault'

const longestName = 60
const mostPasskeys = 20

const gone = refused('This passkey is already removed')

const cleanName = (name: string): string => shownText(name, longestName) || 'Passkey'

/** The person's passkeys, oldest first. */
export const listPasskeys = query({ role: 'member', path: accountPath }, async (self) => {
  const passkeys = await listPasskeysOf(self.id)
  return passkeys.map(({ id, name, backedUp, createdAt, lastUsedAt }) => {
    return { id, name, backedUp, createdAt, lastUsedAt }
  })
})

/** A passkey of a person. */
export type PasskeyView = Awaited<ReturnType<typeof listPasskeys>>[number]

/**
 * The options for the browser to create a passkey; `null` when the person has the maximum. A passkey
 * bypasses one-time codes, so a proof is required; {@link addPasskey} accepts only what this started.
 */
export const beginPasskey = command(
  { role: 'member', path: accountPath, takes: [sentText] },
  async (self, proof): Promise<ProofResult<PublicKeyCredentialCreationOptionsJSON | null>> => {
    const problem = await proofFault(self, proof)
    if (problem) return { problem }
    const known = await listPasskeysOf(self.id)
    const done = known.length < mostPasskeys ? await creationOptions(self) : null
    return { problem: null, done }
  },
)

/** Adds a passkey that the browser has created. */
export const addPasskey = command(
  { role: 'member', path: accountPath, takes: [sentText, sentText] },
  async (self, answer, name) => {
    const wrong = refused('This passkey was not accepted. Try again.')
    const made = await checkMadePasskey(self, answer)
    if (!made) return wrong
    const called = cleanName(name)
    const detail = { email: self.email, passkey: called }
    const added = await commitBy(self, {}, (describe, actor, createdAt) => {
      const passkey = { ...made, userId: self.id, name: called, createdAt }
      return insertPasskey(passkey, actor, [describe('passkey.added', detail)])
    })
    return added ? done(`You can now sign in with “${called}”`) : wrong
  },
)

/** Renames one of the person's passkeys. */
export const renamePasskey = command(
  { role: 'member', path: accountPath, takes: [sentText, sentText] },
  async (self, id, name) => {
    const passkey = (await listPasskeysOf(self.id)).find((one) => one.id === id)
    if (!passkey) return gone
    const after = cleanName(name)
    const detail = { email: self.email, passkey: after }
    const renamed = await commitBy(self, {}, (describe, actor) =>
      updatePasskeyName(passkey, after, actor, [describe('passkey.renamed', detail)]),
    )
    return renamed ? done(`Renamed to “${after}”`) : gone
  },
)

/** Removes one of the person's passkeys. */
export const removePasskey = command(
  { role: 'member', path: accountPath, takes: [sentText, sentText] },
  async (self, id, proof): Promise<ProofResult<ActionResult>> => {
    const problem = await proofFault(self, proof)
    if (problem) return { problem }
    const passkey = (await listPasskeysOf(self.id)).find((one) => one.id === id)
    if (!passkey) return { problem: null, done: gone }
    const detail = { email: self.email, passkey: passkey.name }
    const removed = await commitBy(self, {}, (describe, actor) =>
      deletePasskey(passkey, actor, [describe('passkey.removed', detail)]),
    )
    return { problem: null, done: removed ? done(`“${passkey.name}” is removed`) : gone }
  },
)

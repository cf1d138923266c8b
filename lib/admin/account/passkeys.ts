import 'server-only'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { checkMadePasskey, creationOptions } from '@/lib/auth/passkeys'
import { requireOperator } from '@/lib/auth/session'
import { parseJson } from '@/lib/http/json'
import { shownText } from '@/lib/oauth/shown-text'
import {
  addPasskey as addStoredPasskey,
  listPasskeysOf,
  type Passkey,
  removePasskey as removeStoredPasskey,
  renamePasskey as renameStoredPasskey,
} from '@/lib/store/passkeys'
import { proofFault } from './proof-fault'
import { accountPath, changeSelf } from './self'
import type { PasskeyView, Proven } from './views'

const longestName = 60
const mostPasskeys = 20

const toView = (passkey: Passkey): PasskeyView => ({
  id: passkey.id,
  name: passkey.name,
  synced: passkey.backedUp,
  createdAt: passkey.createdAt.toISOString(),
  lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
})

const cleanName = (name: string): string => shownText(name, longestName) || 'Passkey'

/** One's passkeys, oldest first. */
export async function listPasskeys(): Promise<PasskeyView[]> {
  const { id } = await requireOperator('member', accountPath)
  return (await listPasskeysOf(id)).map(toView)
}

/**
 * What the browser needs to make a passkey; `null` when one has as many as one may. A passkey lets in
 * past the one-time codes, so that a proof is asked for; {@link addPasskey} takes only what was begun.
 */
export async function beginPasskey(
  proof: string,
): Promise<Proven<PublicKeyCredentialCreationOptionsJSON | null>> {
  const self = await requireOperator('member', accountPath)
  const problem = await proofFault(proof)
  if (problem) return { problem }
  const known = await listPasskeysOf(self.id)
  const done = known.length < mostPasskeys ? await creationOptions(self) : null
  return { problem: null, done }
}

function parsed(answer: string): unknown {
  try {
    return parseJson(answer)
  } catch {
    return null
  }
}

/** Adds the passkey that a browser has made. @returns its name, or `null` when it is not accepted */
export async function addPasskey(answer: string, name: string): Promise<string | null> {
  const self = await requireOperator('member', accountPath)
  const made = await checkMadePasskey(self, parsed(answer))
  if (!made) return null
  const { actor, at, commit } = await changeSelf()
  const passkey = { ...made, userId: self.id, name: cleanName(name), createdAt: at }
  const detail = { email: self.email, passkey: passkey.name }
  const added = await commit((tell) =>
    addStoredPasskey(passkey, actor, [tell('passkey.added', detail)]),
  )
  return added ? passkey.name : null
}

/** Gives one's passkey another name. @returns it, or `null` when there is no such passkey */
export async function renamePasskey(id: string, name: string): Promise<string | null> {
  const self = await requireOperator('member', accountPath)
  const passkey = (await listPasskeysOf(self.id)).find((one) => one.id === id)
  if (!passkey) return null
  const { actor, commit } = await changeSelf()
  const after = cleanName(name)
  const detail = { email: self.email, passkey: after }
  const renamed = await commit((tell) =>
    renameStoredPasskey(passkey, after, actor, [tell('passkey.renamed', detail)]),
  )
  return renamed ? after : null
}

/** Removes one's passkey: it lets nobody in any more. @returns its name, or `null` when it was gone */
export async function removePasskey(id: string, proof: string): Promise<Proven<string | null>> {
  const self = await requireOperator('member', accountPath)
  const problem = await proofFault(proof)
  if (problem) return { problem }
  const passkey = (await listPasskeysOf(self.id)).find((one) => one.id === id)
  if (!passkey) return { problem: null, done: null }
  const { actor, commit } = await changeSelf()
  const detail = { email: self.email, passkey: passkey.name }
  const removed = await commit((tell) =>
    removeStoredPasskey(passkey, actor, [tell('passkey.removed', detail)]),
  )
  return { problem: null, done: removed ? passkey.name : null }
}

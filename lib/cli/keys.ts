import { rotateSigningKey, verifiesUntil } from '@/lib/endpoints/signing-keys'
import { ownExchange } from '@/lib/recorder/exchange'
import { listSigningKeys } from '@/lib/store/tokens/signing-keys'
import { runCommand } from './commands'

const usage = 'usage: npm run keys -- list | rotate'

async function list(): Promise<void> {
  for (const key of await listSigningKeys()) {
    const until = verifiesUntil(key)
    const state = until ? `retired, accepted until ${until.toISOString()}` : 'signing'
    console.log(`${key.id}  ${key.algorithm}  made ${key.createdAt.toISOString()}  ${state}`)
  }
}

async function rotate(): Promise<void> {
  const id = await rotateSigningKey(ownExchange('CLI', '/keys'))
  console.log(`${id} signs from now on; tokens of the previous key are accepted until they expire`)
}

const hint =
  'while Portico runs on its embedded database, rotate under Signing keys in its dashboard'

await runCommand(usage, { list, rotate }, hint)

import { beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../support/oauth/oauth-tokens'
import { newBrowser, type Operator, operatorOf, signIn } from '../support/people/operator'
import { press } from '../support/people/page-form'
import { accept, invite, password, personCalled } from '../support/people/people-admin'
import { startPortico } from '../support/server/portico'

/**
 * Names that people give themselves and what is theirs stand on the pages of others: they turn no text
 * around, and one that cannot be seen is none.
 */

const turning = 'nur\u202e\u2066 ada'
const unseen = '\u200b\u2060\u200f'
const email = 'ada@names.example'

let admin: Operator
let ada: Operator

beforeAll(async () => {
  const { origin } = await startPortico()
  admin = await operatorOf(origin)
  await accept(newBrowser(origin), await invite(admin, email, 'operator'), turning)
  ada = await signIn(origin, { email, password })
})

describe('a name of a person', () => {
  test('that is given with an invitation', async () => {
    expect((await personCalled(admin, email)).name).toBe('nur ada')
  })

  test.each([
    [`\u202dada\u2069 ${'n'.repeat(90)}`, `ada ${'n'.repeat(90)}`],
    ['👩 Ada', '👩 Ada'],
    ['عائشة', 'عائشة'],
    [unseen, null],
  ])('that is chosen later: %j', async (chosen, kept) => {
    await press(ada, '/account', 'Save name', { name: chosen })
    expect((await personCalled(admin, email)).name).toBe(kept)
  })
})

test('a name of a connection', async () => {
  const { origin } = admin
  const { tokens } = await connect(origin, { operator: ada })
  const { grant_id: grant } = JSON.parse(
    Buffer.from(tokens.access_token.split('.')[1] ?? '', 'base64url').toString(),
  ) as { grant_id: string }
  const page = `/connections/${grant}`
  for (const [label, kept] of [
    [turning, 'nur ada'],
    [unseen, ''],
  ]) {
    await press(ada, page, 'Rename', { label: String(label) })
    const html = await (await ada.open(page)).text()
    expect(/name="label"[^>]* value="([^"]*)"/.exec(html)?.[1] ?? '').toBe(kept)
  }
})

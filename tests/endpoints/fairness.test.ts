import { expect, test } from 'vitest'
import { postForm } from '../support/oauth/oauth'
import { sharedOrigin } from '../support/server/portico'

const clients = 40
/** With turns for everybody it is one or two; with none, as many as there are clients. */
const mostAhead = 10

test('whoever asks again and again does not keep others from being heard at all', async () => {
  const answers = Array.from({ length: clients }, () => 0)
  const everybodyWasHeard = () => answers.every((count) => count > 0)
  const ask = async (index: number) => {
    while (!everybodyWasHeard()) {
      // unknown, and so looked for in the database every time
      const fields = { grant_type: 'refresh_token', client_id: `unknown-${index}` }
      const { status } = await postForm(`${sharedOrigin()}/token`, fields)
      expect(status).toBe(401)
      answers[index] = (answers[index] ?? 0) + 1
    }
  }
  // who has to connect first is behind for another reason
  const known = `${sharedOrigin()}/.well-known/oauth-authorization-server`
  await Promise.all(answers.map(async () => (await fetch(known)).text()))
  await Promise.all(answers.map((_, index) => ask(index)))
  expect(Math.max(...answers)).toBeLessThanOrEqual(mostAhead)
})

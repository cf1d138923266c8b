import { describe, expect, it } from 'vitest'
import { operatorOf } from '../support/people/operator'
import { readLog } from '../support/people/operator-log'
import { sharedOrigin, startPortico } from '../support/server/portico'

const secret = 'a secret of sixteen and more'

const visit = (origin: string, authorization?: string, method = 'GET') =>
  fetch(`${origin}/api/cron`, { method, headers: authorization ? { authorization } : {} })

describe('/api/cron', () => {
  it('is not there without a secret', async () => {
    const response = await visit(sharedOrigin(), 'Bearer ')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: 'not_found' })
  })

  it('does its work for whoever knows the secret, and for nobody else', async () => {
    const { origin } = await startPortico({ env: { CRON_SECRET: secret } })
    for (const wrong of [undefined, 'Bearer ', `Bearer ${secret}x`, `Basic ${secret}`, secret]) {
      const refused = await visit(origin, wrong)
      expect([wrong, refused.status]).toEqual([wrong, 401])
      expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    }
    expect((await visit(origin, `Bearer ${secret}`, 'POST')).status).toBe(405)
    const done = await visit(origin, `Bearer ${secret}`)
    expect(done.status).toBe(200)
    expect(await done.json()).toEqual({ more: false })
    // a visit a minute is no news, and a stranger at the door is
    const log = await readLog(await operatorOf(origin))
    const statuses = log.filter(({ path }) => path === '/api/cron').map(({ status }) => status)
    expect(statuses.sort()).toEqual([401, 401, 401, 401, 401, 405])
  })
})

import { describe, expect, test, vi } from 'vitest'
import { rawRequest, sendRaw } from '../../support/oauth/oauth-raw'
import { newBrowser, signInWith } from '../../support/people/operator'
import { download, untilLogged } from '../../support/people/operator-log'
import { startPortico } from '../../support/server/portico'
import { admin } from '../../support/server/portico-process'

// processes are started, one after another
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const random = 'q7RzX0b4Lw8KcVn2TfYd5JmHs9GpAe3UiNo6EvBxWy1'
const token = `psh_${random}`
const encoded = [...random].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('')

/** Links with a secret in them, written so that no page takes them. */
const misses = [
  `/shared/${token}/x`,
  `//shared//${token}`,
  `/SHARED/${token}`,
  `/Shared/${token.toUpperCase()}`,
  `/shared/${token}/${token}.rsc`,
  `/shared/psh_${encoded}/x`,
  `/%73hared/${token}/x`,
  `/shared%2f${token}`,
  `/invite/pin_${random}`,
  `/setup/${random}`,
  `/x/${random}`,
]

test('the secret of a link is in no event and no line, however its path was written', async () => {
  const portico = await startPortico()
  const { origin } = portico
  for (const path of misses) await sendRaw(origin, rawRequest(`GET ${path}`))
  for (const path of misses) await sendRaw(origin, rawRequest(`POST ${path}?next=/shared/${token}`))
  for (const path of [`/shared/${token}`, `/shared/${token}?_rsc=1`, `/shared/${token}.rsc`]) {
    await sendRaw(origin, rawRequest(`GET ${path}`, ['rsc: 1', `referer: ${origin}${path}`]))
  }
  const operator = newBrowser(origin)
  await signInWith(operator, admin)
  await untilLogged(operator, {}, (rows) => {
    const paths = rows.filter(({ name }) => name === 'path.missed').map(({ path }) => path)
    return ['/x/q7Rz…', '/invite/…', '/setup/…'].every((path) => paths.includes(path))
  })
  const log = await download(operator, 'log')
  await portico.stop()
  for (const kept of [log, portico.output()]) {
    expect(kept).toContain('/shared/…')
    const plain = kept.replace(/%([0-9a-f]{2})/gi, (_, code) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    expect(plain.toLowerCase()).not.toContain(random.slice(8, 20).toLowerCase())
  }
})

describe('a guess at a link leaves a trace, and not what was guessed', () => {
  test.each([
    ['set-up, while there is no admin', `/setup?token=${random}`, 'setup.refused', ''],
    ['set-up, when there is one', `/setup?token=${random}`, 'setup.refused', admin.email],
    ['an invitation', `/invite?token=pin_${random}`, 'invite.refused', admin.email],
    ['a share', `/shared/${token}`, 'share.refused', admin.email],
    ['a share that cannot be one', '/shared/x', 'share.refused', admin.email],
  ])('%s', async (_, path, name, email) => {
    const env = { PORTICO_ADMIN_EMAIL: email, PORTICO_ADMIN_PASSWORD: email && admin.password }
    const portico = await startPortico({ env })
    const stranger = newBrowser(portico.origin)
    await (await stranger.open(path)).text()
    await stranger.open('/setup')
    await portico.stop()
    const lines = portico.output().split('\n')
    const told = lines.filter((line) => line.includes(` ${name} `))
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/ (403|404) GET \/(setup|invite|shared) /)
    expect(portico.output()).not.toContain(random)
  })
})

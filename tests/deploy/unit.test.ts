import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { readEnv } from '@/lib/config/env'
import { installPackage } from '../support/deploy/apt.mjs'
import { freePort } from '../support/server/free-port.mjs'
import { cleanUp, launch } from '../support/server/portico-process'

/** The systemd unit of the guide. */

const unit = readFileSync(path.join(import.meta.dirname, '../../docs/portico.service'), 'utf8')
const setting = (name: string): string =>
  new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? `no ${name}`

beforeAll(() => buildIfNeeded())
afterAll(cleanUp)

const analyze = '/usr/bin/systemd-analyze'

test.skipIf(!existsSync(analyze))('is one that systemd understands', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-unit-'))
  const file = path.join(directory, 'portico.service')
  // whether the programs are on this machine is not asked
  writeFileSync(file, unit.replace('/usr/bin/node ', `${process.execPath} `))
  const { stdout, stderr } = spawnSync(analyze, ['verify', '--man=no', file], { encoding: 'utf8' })
  rmSync(directory, { recursive: true })
  const about = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('portico.service'))
  expect(about).toEqual([])
})

test('gives the server the time that it takes to stop', () => {
  const { stopSeconds } = readEnv({})
  expect(Number(setting('TimeoutStopSec'))).toBeGreaterThan(stopSeconds + 3)
})

test('is started when the server is ready, and no sooner', async () => {
  if (!existsSync('/usr/bin/curl')) installPackage('curl')
  const port = await freePort()
  const [program = '', ...args] = setting('ExecStartPost').replace(':3000', `:${port}`).split(' ')
  let isReady = false
  const waiting = promisify(execFile)(program, args).then(() => isReady)
  const portico = await launch({ port })
  isReady = true
  expect(await waiting).toBe(true)
  await portico.stop()
  await expect(promisify(execFile)(program, [...args, '--retry', '1'])).rejects.toThrow()
})

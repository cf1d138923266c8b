import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { cleanUp, launch } from './portico-process'
import { makeTemplate } from './template'

/** Builds if sources changed and starts the Portico that the tests of a run share. */
export default async function setup({ provide }: TestProject) {
  await buildIfNeeded()
  const template = await makeTemplate()
  const portico = await launch({ env: { PORTICO_PROXY_HOPS: '1' }, isFirst: true })
  provide('origin', portico.origin)
  return async () => {
    await portico.stop()
    const database = process.env.TEST_DATABASE_URL ? 'postgres' : 'embedded'
    mkdirSync('test-results', { recursive: true })
    writeFileSync(`test-results/portico-${database}.log`, portico.output())
    await cleanUp()
    rmSync(template, { recursive: true, force: true })
  }
}

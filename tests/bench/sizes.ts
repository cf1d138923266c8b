import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { root } from '@/lib/cli/build.mjs'
import { variables } from '@/lib/config/all'
import { startPostgres } from '../support/database/postgres.mjs'
import { freePort } from '../support/server/free-port.mjs'
import { admin } from '../support/server/portico-process'
import { createDatabase } from './databases'
import { writeSizes } from './document'
import { anHour, exercise } from './exercise'
import { highest, resident, watchTogether } from './process-memory'

/**
 * `npm run sizes`: what this checkout and an earlier revision take of disk and memory, one after the
 * other in one run: built, what ships, the first start, and after use. Linux only, about a quarter of
 * an hour.
 */
const { values } = parseArgs({
  options: {
    /** the revision of before this round */
    against: { type: 'string', default: '7787542' },
    /** little use: to see whether everything runs */
    quick: { type: 'boolean', default: false },
  },
})
const use = values.quick
  ? { calls: 200, pageRounds: 1, handshakes: 3, refreshes: 3, streams: 3 }
  : anHour
/** How long it is left alone before what it holds counts. */
const pauseMs = values.quick ? 25_000 : 170_000

type Figures = Record<string, string>

/** In MB of 10^6 bytes, each file once however many names it has. */
const megabytesOf = (directory: string): number =>
  Number(
    execFileSync('du', ['-s', '--block-size=1', directory], { encoding: 'utf8' }).split('\t')[0],
  ) / 1e6

const show = (value: number | null, unit: string, digits = 0): string =>
  value === null ? '–' : `${value.toFixed(digits)} ${unit}`

/** A checkout of a revision with its dependencies, beside the project and no part of it. */
function checkOut(revision: string): string {
  const directory = path.join(root, '.bench', `at-${revision}`)
  if (existsSync(path.join(directory, 'node_modules'))) return directory
  mkdirSync(directory, { recursive: true })
  const archive = execFileSync('git', ['archive', revision], { cwd: root, maxBuffer: 1e9 })
  execFileSync('tar', ['-x', '-C', directory], { input: archive })
  // Tailwind reads what Git does not ignore: without a repository, all of it
  execFileSync('git', ['init', '--quiet'], { cwd: directory })
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: directory, stdio: 'ignore' })
  return directory
}

async function build(directory: string): Promise<Figures> {
  rmSync(path.join(directory, '.next'), { recursive: true, force: true })
  const since = performance.now()
  const child = spawn(process.execPath, ['lib/cli/build.mjs'], { cwd: directory, stdio: 'ignore' })
  const most = watchTogether(Number(child.pid))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${directory} could not be built`)
  return {
    'build, all processes together, at most': show(most(), 'MiB'),
    'build, time': show((performance.now() - since) / 1000, 's'),
  }
}

/** What an image adds to its base, and the package: where a revision makes one. */
function shipped(directory: string): Figures {
  const labels = ['image, on top of its base', 'package, packed', 'package, unpacked'] as const
  if (!existsSync(path.join(directory, 'lib/cli/package.mjs'))) {
    // its Dockerfile ships the whole folder, without what only development needs
    const development = ['@biomejs', 'playwright-core', 'vitest', 'axe-core', 'fast-check']
    const unneeded = [
      '.next/cache',
      ...development.map((name) => `node_modules/${name}`),
      'node_modules/@prisma/schema-engine-wasm',
    ]
    const less = unneeded
      .map((name) => path.join(directory, name))
      .filter((each) => existsSync(each))
      .reduce((sum, each) => sum + megabytesOf(each), 0)
    return {
      [labels[0]]: show(megabytesOf(directory) - less, 'MB'),
      [labels[1]]: '–',
      [labels[2]]: '–',
    }
  }
  execFileSync(process.execPath, ['lib/cli/package.mjs'], { cwd: directory, stdio: 'ignore' })
  const folder = path.join(directory, 'dist/portico')
  const packed = readdirSync(path.join(directory, 'dist')).find((name) => name.endsWith('.tgz'))
  const bytes = packed ? statSync(path.join(directory, 'dist', packed)).size / 1e6 : null
  return {
    [labels[0]]: show(megabytesOf(folder), 'MB'),
    [labels[1]]: show(bytes, 'MB', 1),
    [labels[2]]: show(megabytesOf(folder), 'MB'),
  }
}

/** The settings of memory that the image starts with. */
const imageEnv = (directory: string): Record<string, string> => {
  const file = readFileSync(path.join(directory, 'Dockerfile'), 'utf8')
  return Object.fromEntries(
    [...file.matchAll(/\b(MALLOC_\w+|NODE_OPTIONS)=(\S+)/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

const started = new Set<number>()
process.once('exit', () => {
  for (const pid of started) process.kill(pid, 'SIGKILL')
})

async function start(directory: string, databaseUrl: string, dataDir: string) {
  const port = await freePort()
  const blank = Object.fromEntries(Object.keys(variables).map((name) => [name, '']))
  const packed = path.join(directory, 'dist/portico/server/portico.mjs')
  const child = spawn(process.execPath, [existsSync(packed) ? packed : 'lib/cli/start.mjs'], {
    cwd: directory,
    stdio: 'ignore',
    env: {
      ...process.env,
      ...blank,
      ...imageEnv(directory),
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      PORTICO_DATA_DIR: dataDir,
      PORTICO_ADMIN_EMAIL: admin.email,
      PORTICO_ADMIN_PASSWORD: admin.password,
      PORTICO_PROXY_HOPS: '1',
    },
  })
  const pid = Number(child.pid)
  started.add(pid)
  const since = performance.now()
  const origin = `http://localhost:${port}`
  const isUp = () =>
    fetch(`${origin}/.well-known/oauth-protected-resource`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isUp())) {
    if (child.exitCode !== null) throw new Error(`${directory} did not start`)
    await sleep(50)
  }
  const readyMs = performance.now() - since
  const stop = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    started.delete(pid)
  }
  return { origin, pid, readyMs, stop }
}

type Served = Awaited<ReturnType<typeof start>> & {
  readonly kind: string
  readonly dataDir: string
  readonly figures: Figures
}

/** Starts one, and leaves it running. */
async function firstStart(directory: string, kind: string, databaseUrl: string): Promise<Served> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'portico-sizes-'))
  const server = await start(directory, databaseUrl, dataDir)
  await sleep(3000)
  const figures: Figures = {
    [`${kind}: first start, at most`]: show(highest(server.pid), 'MiB'),
    [`${kind}: first start, time`]: show(server.readyMs / 1000, 's', 1),
  }
  if (!databaseUrl) figures[`${kind}: new data directory`] = show(megabytesOf(dataDir), 'MB')
  return { ...server, kind, dataDir, figures }
}

async function startBoth(directory: string, name: string, server: string): Promise<Served[]> {
  const database = await createDatabase(server, `sizes_${name.replace(/\W/g, '_')}`)
  return [
    await firstStart(directory, 'embedded', ''),
    await firstStart(directory, 'PostgreSQL', database),
  ]
}

/** Uses servers, all of them at the same time, leaves them alone, and sees what they hold. */
async function exerciseAll(servers: readonly Served[]): Promise<void> {
  const rates = await Promise.all(servers.map(({ origin }) => exercise(origin, use)))
  await sleep(pauseMs)
  for (const [index, { kind, figures, pid, dataDir, stop }] of servers.entries()) {
    figures[`${kind}: in use, at most`] = show(highest(pid), 'MiB')
    figures[`${kind}: idle after use`] = show(resident(pid), 'MiB')
    figures[`${kind}: tool calls a second`] = show(rates[index]?.callsPerSecond ?? null, '')
    await stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure(server: string): Promise<[before: Figures, now: Figures]> {
  const directories = [checkOut(values.against), root]
  const all: { figures: Figures; servers: Served[] }[] = []
  for (const [index, directory] of directories.entries()) {
    console.log(directory)
    all.push({ figures: { ...(await build(directory)), ...shipped(directory) }, servers: [] })
    all[index]?.servers.push(...(await startBoth(directory, `of_${index}`, server)))
  }
  await exerciseAll(all.flatMap(({ servers }) => servers))
  const [before, now] = all.map(({ figures, servers }) =>
    Object.assign({}, figures, ...servers.map((served) => served.figures)),
  )
  return [before, now]
}

function report(before: Figures, now: Figures): string {
  const rows = Object.keys(now).map(
    (label) => `| ${label} | ${before[label] ?? '–'} | ${now[label]} |`,
  )
  return `# Sizes

Written by \`npm run sizes\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${os.cpus().length} cores, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, both in one run.
Memory is what the server's process holds (resident); of a build, all its processes together. All four servers are used
at the same time, and idle is ${pauseMs / 1000} s after that: ${use.handshakes} handshakes, ${use.refreshes} refreshes, ${use.calls} tool calls, ${use.streams} open streams and
120 pages, ${use.pageRounds} times.

| | ${values.against} | now |
|---|--:|--:|
${rows.join('\n')}
`
}

if (process.platform !== 'linux') throw new Error('npm run sizes reads /proc, which only Linux has')
const postgres = await startPostgres()
if ('missing' in postgres) throw new Error(postgres.missing)
try {
  const [before, now] = await measure(postgres.url)
  const text = report(before, now)
  console.log(text)
  if (!values.quick) writeSizes(text)
} finally {
  await postgres.stop()
}
process.exit(0)

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { installPackage, isRoot } from '../deploy/apt.mjs'
import { freePort } from '../server/free-port.mjs'

/**
 * The reverse proxies of docs/deploy-node.md, each a process that runs the
 * guide's own file; only addresses and certificates are changed.
 */

/** A file of docs/proxies, and whether it uses TLS. */
export type Sample = {
  readonly program: keyof typeof programs
  readonly file: string
  readonly isSecure: boolean
}

export type ReverseProxy = {
  readonly origin: string
  /** where Portico has to listen */
  readonly upstreamPort: number
  /** its certificate, if it uses TLS */
  readonly certificate: string
  /** its output so far */
  output(): string
  stop(): Promise<void>
}

type Place = { readonly directory: string; readonly config: string; readonly ports: Ports }
type Ports = {
  readonly http: number
  readonly https: number
  /** which of them is opened */
  readonly public: number
  readonly upstream: number
}

type Program = {
  readonly debian: string
  readonly path: string
  /** the configuration around the sample */
  around(sample: string, place: Omit<Place, 'config'>): string
  args(place: Place): string[]
}

const nginxAround = (sample: string, directory: string): string => {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  )
  const user = isRoot() ? 'user root;' : ''
  return `${user} pid ${directory}/pid; events {}
    http { access_log off; ${temporary.join(' ')}
    ${sample}
    }`
}

const apacheModules = [
  'mpm_event',
  'authz_core',
  'alias',
  'proxy',
  'proxy_http',
  'socache_shmcb',
  'ssl',
  'http2',
]

const apacheAround = (sample: string, { directory, ports }: Omit<Place, 'config'>): string =>
  [
    ...apacheModules.map(
      (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
    ),
    `PidFile ${directory}/pid`,
    `DefaultRuntimeDir ${directory}`,
    `Mutex file:${directory} default`,
    `ErrorLog ${directory}/error.log`,
    'ServerName localhost',
    ...(isRoot() ? ['User www-data', 'Group www-data'] : []),
    ...[ports.http, ports.https]
      .filter((port) => sample.includes(`*:${port}`))
      .map((port) => `Listen ${port}`),
    sample,
  ].join('\n')

const programs = {
  nginx: {
    debian: 'nginx',
    path: '/usr/sbin/nginx',
    around: (sample, { directory }) => nginxAround(sample, directory),
    args: ({ directory, config }) => [
      ...['-p', directory, '-c', config, '-e', 'stderr', '-g', 'daemon off;'],
    ],
  },
  apache2: {
    debian: 'apache2',
    path: '/usr/sbin/apache2',
    around: apacheAround,
    args: ({ directory, config }) => ['-d', directory, '-f', config, '-D', 'FOREGROUND'],
  },
  caddy: {
    debian: 'caddy',
    path: '/usr/bin/caddy',
    around: (sample, { ports }) =>
      `{
        admin off
        http_port ${ports.http}
        https_port ${ports.https}
        skip_install_trust
      }\n${sample}`,
    args: ({ config }) => ['run', '--adapter', 'caddyfile', '--config', config],
  },
  haproxy: {
    debian: 'haproxy',
    path: '/usr/sbin/haproxy',
    around: (sample) => sample,
    args: ({ config }) => ['-db', '-f', config],
  },
} as const satisfies Record<string, Program>

/** Creates a self-signed certificate for `localhost`. @returns its directory */
function makeCertificate(directory: string): string {
  const at = (name: string) => path.join(directory, name)
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-days',
      '2',
      ...key,
      ...names,
      '-keyout',
      at('key.pem'),
      '-out',
      at('cert.pem'),
    ],
    { stdio: 'ignore' },
  )
  const both = ['cert.pem', 'key.pem'].map((name) => readFileSync(at(name), 'utf8')).join('')
  writeFileSync(at('both.pem'), both)
  return at('cert.pem')
}

/** The sample with this run's addresses instead of the guide's. */
function localised(sample: Sample, directory: string, ports: Ports): string {
  const text = readFileSync(
    path.join(import.meta.dirname, '../../../docs/proxies', sample.file),
    'utf8',
  )
  const site = `${sample.isSecure ? 'https' : 'http'}://localhost:${ports.public}`
  const tls = sample.isSecure ? `\n\ttls ${directory}/cert.pem ${directory}/key.pem` : ''
  return text
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${ports.upstream}`)
    .replace(/^portico\.example\.com \{/m, `${site} {${tls}`)
    .replaceAll('portico.example.com', 'localhost')
    .replaceAll('/etc/ssl/portico', directory)
    .replace(/(listen |\*:|bind :)80\b/g, `$1${ports.http}`)
    .replace(/(listen |\*:|bind :)443\b/g, `$1${ports.https}`)
}

async function untilListening(port: number, child: ChildProcess, output: () => string) {
  const since = Date.now()
  for (;;) {
    const socket = connect(port, 'localhost')
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return
    if (child.exitCode !== null || Date.now() - since > 30_000) {
      throw new Error(`the proxy does not start:\n${output()}`)
    }
    await sleep(50)
  }
}

function findProgram({ path: program, debian }: Program): string {
  if (!existsSync(program)) installPackage(debian)
  if (!existsSync(program)) throw new Error(`${program} is missing: install ${debian}`)
  return program
}

/**
 * Starts a reverse proxy from a file of docs/proxies, before its Portico.
 *
 * @throws {Error} with its output, if it does not start
 */
export async function startReverseProxy(sample: Sample): Promise<ReverseProxy> {
  const program: Program = programs[sample.program]
  const executable = findProgram(program)
  const directory = mkdtempSync(path.join(os.tmpdir(), `portico-${sample.program}-`))
  const [http, https, upstream] = [await freePort(), await freePort(), await freePort()]
  const ports = { http, https, public: sample.isSecure ? https : http, upstream }
  const certificate = makeCertificate(directory)
  const config = path.join(directory, sample.file)
  const text = localised(sample, directory, ports)
  writeFileSync(config, program.around(text, { directory, ports }))
  const child = spawn(executable, program.args({ directory, config, ports }), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk
    })
  }
  const end = () => void child.kill('SIGTERM')
  process.once('exit', end)
  const stop = async () => {
    process.removeListener('exit', end)
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      end()
      await ended
    }
    rmSync(directory, { recursive: true, force: true })
  }
  const output = () => {
    const log = path.join(directory, 'error.log')
    return existsSync(log) ? printed + readFileSync(log, 'utf8') : printed
  }
  await untilListening(ports.public, child, output).catch(async (error) => {
    await stop()
    throw error
  })
  const scheme = sample.isSecure ? 'https' : 'http'
  return {
    origin: `${scheme}://localhost:${ports.public}`,
    upstreamPort: upstream,
    certificate,
    output,
    stop,
  }
}

import { describe, expect, it } from 'vitest'
import { complete, completeIntegrity, platformOf, unverifiable } from '@/lib/cli/complete-lock.mjs'
import lock from '@/package-lock.json'
import benchLock from './bench/contestants/package-lock.json'
import vercelLock from './deploy/vercel/package-lock.json'

type Packages = Parameters<typeof complete>[0]

const vercelFile = 'tests/deploy/vercel/package-lock.json'

/**
 * Of other platforms than Linux on x64, named by Vercel's command and not to be had when the lock was
 * made: npm leaves out an optional package that it does not find. No part of the product.
 */
const neverPublished = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64',
  'win32-arm64',
  'win32-x64',
].map((platform) => `node_modules/@vercel/vc-native-${platform}`)

const locks: readonly (readonly [file: string, packages: Packages])[] = [
  ['package-lock.json', lock.packages as Packages],
  ['tests/bench/contestants/package-lock.json', benchLock.packages as Packages],
  [vercelFile, vercelLock.packages as Packages],
]

describe.each(locks)('%s', (file, packages) => {
  it('has every platform package: `npm run lock` adds what is missing', () => {
    expect(complete(structuredClone(packages))).toEqual([])
  })

  it('says what every package is checked by, of every platform', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(10)
    expect(unverifiable(packages)).toEqual(file === vercelFile ? neverPublished : [])
    const hashes = Object.values(packages).flatMap(({ integrity = [] }) => integrity)
    expect(hashes.filter((hash) => !/^sha(512|1)-[\w+/]+=*( sha512-\S+)?$/.test(hash))).toEqual([])
  })

  it('names no registry', () => {
    expect(Object.values(packages).filter((entry) => 'resolved' in entry)).toEqual([])
  })
})

describe('a missing platform package', () => {
  it.each([
    ['@next/swc-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@next/swc-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['lightningcss-linux-arm64-gnu', { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] }],
    ['@tailwindcss/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
  ])('%s says where it runs', (name, platform) => {
    expect(platformOf(name)).toEqual(platform)
  })

  it('is put beside its parent where the top level has another version', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'b-win32-x64': '1.0.0' } },
      'node_modules/b-win32-x64': { version: '2.0.0' },
    }
    expect(complete(packages)).toEqual(['node_modules/a/node_modules/b-win32-x64'])
  })
})

describe('a package without a hash', () => {
  const at = 'node_modules/a/node_modules/@b/c-win32-x64'
  const packages = () => ({
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/a/node_modules/d': { version: '1.0.0', inBundle: true },
    [at]: { version: '2.0.0' },
  })

  it('gets the one that the registry has', () => {
    const asked: string[] = []
    const lock = packages()
    const done = completeIntegrity(lock, (name, version) => {
      asked.push(`${name}@${version}`)
      return 'sha512-c'
    })
    expect(asked).toEqual(['@b/c-win32-x64@2.0.0'])
    expect(done).toEqual({ added: 1, unknown: [] })
    expect(lock[at]).toEqual({ version: '2.0.0', integrity: 'sha512-c' })
  })

  it('is named where the registry has none', () => {
    expect(completeIntegrity(packages(), () => null)).toEqual({ added: 0, unknown: [at] })
  })
})

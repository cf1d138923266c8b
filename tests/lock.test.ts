import { describe, expect, it } from 'vitest'
import { complete, platformOf } from '@/lib/cli/complete-lock.mjs'
import lock from '@/package-lock.json'
import benchLock from './bench/contestants/package-lock.json'
import vercelLock from './deploy/vercel/package-lock.json'

type Packages = Parameters<typeof complete>[0]

const locks: readonly (readonly [file: string, packages: Packages])[] = [
  ['package-lock.json', lock.packages as Packages],
  ['tests/bench/contestants/package-lock.json', benchLock.packages as Packages],
  ['tests/deploy/vercel/package-lock.json', vercelLock.packages as Packages],
]

describe.each(locks)('%s', (_file, packages) => {
  it('has every platform package: `npm run lock` adds what is missing', () => {
    expect(complete(structuredClone(packages))).toEqual([])
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

import { expect, test } from 'vitest'
import { knownSoftware } from '@/lib/oauth/known-software'
import { clientScripts } from '../support/clients/claude-clients'

test('of real clients is known by where all its answers go', () => {
  const of = (name: string) => {
    const script = clientScripts.find((one) => one.name === name)
    return knownSoftware((script?.registration.redirect_uris as string[] | undefined) ?? [])
  }
  expect(of('Claude (hosted)')).toBe('claude-hosted')
  expect(of('Cursor')).toBe('cursor')
  expect(of('VS Code')).toBe('vscode')
  expect(of('Gemini CLI')).toBe('native')
})

test('is none where an answer may go elsewhere, too', () => {
  expect(
    knownSoftware(['https://claude.ai/api/mcp/auth_callback', 'https://evil.example/']),
  ).toBeNull()
  expect(knownSoftware(['https://cursor/'])).toBeNull()
  expect(knownSoftware([])).toBeNull()
})

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const docs = path.join(import.meta.dirname, '../docs')
const guide = readFileSync(path.join(docs, 'deploy-node.md'), 'utf8')
const samples = readdirSync(path.join(docs, 'proxies')).map((name) => `proxies/${name}`)

it.each([...samples, 'portico.service'])('the guide for a Node host shows %s as it is', (name) => {
  const text = readFileSync(path.join(docs, name), 'utf8').trimEnd()
  expect(guide).toContain(`\n${text}\n\`\`\``)
})

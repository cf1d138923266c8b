import { readFileSync } from 'node:fs'
import { type SourceFile, sourceFiles } from '../support/sources/imports'

/** What ships, as far as mutations change it. */
export const shippedSources = (): SourceFile[] => [
  ...sourceFiles('app', 'components', 'lib'),
  { path: 'proxy.ts', text: readFileSync('proxy.ts', 'utf8') },
]

import { hash } from 'node:crypto'

type Alike = {
  readonly name: string
  readonly authMethod: string
  readonly redirectUris: readonly string[]
}

/**
 * The same for clients that a person sees as one app: some apps register for every connection. The
 * migration that added it computes the same in SQL.
 */
export const kinHash = ({ name, authMethod, redirectUris }: Alike): string =>
  hash('sha256', [name, authMethod, [...redirectUris].sort().join('\n')].join('\n'), 'hex')

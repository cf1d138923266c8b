import { hash } from 'node:crypto'

type Alike = {
  readonly name: string
  readonly authMethod: string
  readonly redirectUris: readonly string[]
}

/**
 * What clients have in common that are one app to a person: some register anew for every connection.
 * The migration that added it computes the same in SQL.
 */
export const kinHash = ({ name, authMethod, redirectUris }: Alike): string =>
  hash('sha256', [name, authMethod, [...redirectUris].sort().join('\n')].join('\n'), 'hex')

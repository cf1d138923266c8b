import { writeFileSync } from 'node:fs'
import { subjects } from '@/lib/config/all'
import type { Setting } from '@/lib/config/setting'

type Facts = Setting['variables'][string]

/** What holds where nothing is set. @param shown how a text is set off from the words around it */
function defaultOf({ default: standard, without }: Facts, shown: (text: string) => string): string {
  if (without !== undefined) return without
  if (standard === undefined) return ''
  if (typeof standard === 'string') return standard && shown(standard)
  const { usual, vercel, embedded } = standard
  return [
    shown(usual),
    ...(vercel === undefined ? [] : [`${shown(vercel)} on Vercel`]),
    ...(embedded === undefined ? [] : [`${shown(embedded)} with the embedded database`]),
  ].join(', ')
}

const aboutOf = ({ about, range }: Facts): string =>
  range ? `${about} ${range.min} to ${range.max}.` : about

const variablesOf = (settings: Readonly<Record<string, Setting>>) =>
  Object.values(settings).flatMap(({ variables, changeable }) =>
    Object.entries(variables).map(([name, facts]) => ({ name, facts, changeable })),
  )

/** A comment whose lines are at most 100 characters long. */
function comment(text: string): string {
  const lines = ['#']
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`
    if (line.length > 100) lines.push(`# ${word}`)
    else lines[lines.length - 1] = line
  }
  return lines.join('\n')
}

function exampleOf(name: string, facts: Facts): string {
  const { default: standard = '', see, commented } = facts
  const text = [
    aboutOf(facts).replaceAll('`', ''),
    ...(typeof standard === 'string' ? [] : [`Default: ${defaultOf(facts, (value) => value)}.`]),
    ...(see ? [`See docs/${see.split('#')[0]}.`] : []),
  ].join(' ')
  const value = typeof standard === 'string' ? standard : ''
  return `${comment(text)}\n${commented ? '# ' : ''}${name}=${value}\n`
}

/** `.env.example`: every variable with its default, under what is said of it. */
export const envExample = (): string =>
  [
    `${comment('Every setting of Portico. All are optional; npm start runs without any, and an empty value counts as absent. docs/settings.md is the same as a table; npm run settings writes both.')}\n`,
    ...Object.entries(subjects).flatMap(([title, settings]) => [
      `# --- ${title} ---\n`,
      ...variablesOf(settings).map(({ name, facts }) => exampleOf(name, facts)),
    ]),
  ].join('\n')

const cell = (text: string): string => (text ? ` ${text.replaceAll('|', '\\|')} ` : ' ')

/** docs/settings.md: every variable, its default and what is said of it. */
export const settingsTable = (): string =>
  [
    '# Settings',
    '',
    'Read from the environment or from `.env`; [.env.example](../.env.example) has the same list. All are',
    'optional, and an empty value counts as absent. A wrong value stops the start, and every problem is',
    'named at once. What is marked with \\* an admin can also change under **Settings** while the server',
    'runs, on every instance; what is not set there is as the environment says.',
    '',
    ...Object.entries(subjects).flatMap(([title, settings]) => [
      `## ${title}`,
      '',
      '| Variable | Default | Meaning |',
      '|---|---|---|',
      ...variablesOf(settings).map(({ name, facts, changeable }) => {
        const { see } = facts
        const more = see ? ` See [${see.split('#')[0]}](${see}).` : ''
        const standard = defaultOf(facts, (text) => `\`${text}\``)
        const cells = [`\`${name}\`${changeable ? ' \\*' : ''}`, standard, aboutOf(facts) + more]
        return `|${cells.map(cell).join('|')}|`
      }),
      '',
    ]),
    '## What Node reads',
    '',
    '`NODE_EXTRA_CA_CERTS` is of Node, and not read from `.env`: a file with the certificate of a private',
    'authority that a sign-in provider, PostgreSQL, a mail server or a receiver of alerts has its own from',
    '([details](deploy-node.md#a-private-certificate-authority)).',
    '',
  ].join('\n')

if (process.argv[1]?.endsWith('documents/settings.ts')) {
  writeFileSync('.env.example', envExample())
  writeFileSync('docs/settings.md', settingsTable())
}

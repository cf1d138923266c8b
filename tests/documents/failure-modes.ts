import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Rule } from '@/lib/diagnosis/finding'
import { leftOut, ruleGroups, rules } from '@/lib/diagnosis/rule-list'

/** How one recorded stream was judged. */
export type CorpusResult = {
  /** name of the stream */
  readonly stream: string
  /** the injected cause; `null` for a healthy stream */
  readonly mode: string | null
  /** `live`: the fault was injected into a real run; `facts`: what is known besides was made up */
  readonly produced: 'live' | 'facts'
  /** ids of the rules that fired, likeliest first; of a healthy stream only those above `possible` */
  readonly findings: readonly string[]
}

/** Where the corpus leaves its results. */
export const resultsFile = 'tests/handshake/corpus/results.json'

const cell = (text: string): string => text.replaceAll('|', '\\|')

const row = ({ id, symptom, sources, theory }: Rule): string =>
  `| \`${id}\`${theory ? ' (a theory)' : ''} | ${cell(symptom)} | ${cell(sources.join(', '))} |`

const groups = ruleGroups.flatMap(({ title, rules: members }) => [
  `### ${title}`,
  '',
  '| Rule | Symptom, as operators word it | Known from |',
  '|---|---|---|',
  ...members.map(row),
  '',
])

const share = (part: number, all: number): string => `${part} of ${all}`

/** Whether the injected cause is the first finding of a stream, or among the first two. */
const isFirst = ({ mode, findings }: CorpusResult): boolean => findings[0] === mode
const isAmongTwo = ({ mode, findings }: CorpusResult): boolean =>
  mode !== null && findings.slice(0, 2).includes(mode)

function verdictOf(result: CorpusResult): string {
  if (result.mode === null)
    return result.findings.length === 0 ? 'nothing above `possible`' : 'wrong'
  return isFirst(result) ? 'first' : isAmongTwo(result) ? 'second' : 'missed'
}

const resultRow = (result: CorpusResult): string => {
  const findings = result.findings.slice(0, 3).map((id) => `\`${id}\``)
  const mode = result.mode === null ? 'none: healthy' : `\`${result.mode}\``
  return `| ${mode} | ${result.stream} | ${result.produced} | ${findings.join(', ') || 'none'} | ${verdictOf(result)} |`
}

/** Healthy streams come last. */
const byMode = (one: CorpusResult, other: CorpusResult): number =>
  Number(one.mode === null) - Number(other.mode === null) ||
  (one.mode ?? '').localeCompare(other.mode ?? '') ||
  one.stream.localeCompare(other.stream)

function resultTable(results: readonly CorpusResult[]): string[] {
  const failures = results.filter(({ mode }) => mode !== null)
  const healthy = results.filter(({ mode }) => mode === null)
  const silent = healthy.filter(({ findings }) => findings.length === 0)
  const live = failures.filter(({ produced }) => produced === 'live')
  return [
    `## Results on recorded handshakes (${results.length})`,
    '',
    'Each stream was recorded from a real instance and then judged; `npm run corpus` records them anew.',
    'Of those that are `live` the fault was injected, too: a proxy at fault, a client that deviates, a',
    'setting, a clock that moves on. Where that cannot be done on one machine (names, certificates, an',
    'incident of others), the events are recorded and the `facts` besides them are made up. Where nothing',
    'would reach the server there are no events, and the look from outside is judged alone. Rules were',
    'mended where a stream showed them wrong: the shares say that nothing falls behind, and not how often',
    'the cause of a handshake is found that nobody has recorded.',
    '',
    `- The injected cause is the first finding: ${share(failures.filter(isFirst).length, failures.length)}`,
    `- … among the first two: ${share(failures.filter(isAmongTwo).length, failures.length)}`,
    `- Healthy streams without a finding above \`possible\`: ${share(silent.length, healthy.length)}`,
    `- Failures that are \`live\`: ${share(live.length, failures.length)}`,
    '',
    '| Injected cause | Stream | Produced | First findings | Result |',
    '|---|---|---|---|---|',
    ...results.toSorted(byMode).map(resultRow),
    '',
  ]
}

/**
 * The document of every failure mode, as it stands in docs/failure-modes.md.
 *
 * @param results how the recorded streams were judged; left out while there are none
 */
export const failureModes = (results: readonly CorpusResult[] = []): string =>
  [
    '# Failure modes',
    '',
    'Why a handshake fails, as far as it can be told from what a server sees. Each cause is a rule: a pure',
    'function of the events of one handshake, of a look at the server from outside, and of its settings. A',
    'finding names its evidence, says how sure it is (`confirmed`: the evidence leaves no other cause;',
    '`likely`: it fits best; `possible`: unproven), what to change and where, and how to see that it helped.',
    '',
    'Findings are shown by confidence, and equals in the order of these tables. “Token issued, and no',
    'request to /mcp” is judged 15 s after the token and withdrawn if the call still comes. Nothing above',
    '`possible` is said of a handshake that is well, and a theory is never the first finding.',
    '',
    `## Rules (${rules.length})`,
    '',
    ...groups,
    ...(results.length > 0 ? resultTable(results) : []),
    `## Known elsewhere, and not judged here (${Object.keys(leftOut).length})`,
    '',
    '| Mode | Why there is no rule |',
    '|---|---|',
    ...Object.entries(leftOut).map(([mode, reason]) => `| \`${mode}\` | ${cell(reason)} |`),
    '',
  ].join('\n')

/** The results of a file; none where there is no such file. */
export const readResults = (file = resultsFile): CorpusResult[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CorpusResult[]) : []

if (process.argv[1]?.endsWith('failure-modes.ts')) {
  writeFileSync('docs/failure-modes.md', failureModes(readResults(process.argv[2])))
}

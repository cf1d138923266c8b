import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '@/lib/cli/build.mjs'
import peersManifest from './contestants/package.json'
import { writeSpeeds } from './document'
import type { Handshakes } from './handshakes'
import { type Leg, legs } from './legs'
import { loadsOf, type Measured, ratio } from './measured'
import { median } from './median'
import type { RecordingCost } from './recording'
import { targets } from './targets'

type Memory = ReadonlyMap<string, number>

/** Everything a run found out. */
export type Results = {
  readonly measured: readonly Measured[]
  readonly recording: readonly RecordingCost[]
  readonly cold: ReadonlyMap<string, readonly number[]>
  readonly idle: Memory
  readonly loaded: Memory
  readonly handshakes: Handshakes
  readonly plan: {
    readonly rounds: number
    readonly seconds: number
    readonly recording: {
      readonly pairs: number
      readonly seconds: number
      readonly turnMs: number
    }
  }
}

function legTable({ measured }: Results, leg: Leg): string {
  const ids = [...new Set(measured.filter((one) => one.leg === leg).map(({ id }) => id))]
  const rows = ids.map((id) => {
    const mine = loadsOf(measured, id, leg)
    const rates = mine.map(({ perSecond }) => perSecond)
    return [
      mine[0]?.title,
      median(rates).toFixed(0),
      `${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)}`,
      ratio(measured, leg, 'portico', id).toFixed(2),
      median(mine.map(({ cpu }) => cpu)).toFixed(0),
      median(mine.map(({ p50 }) => p50)).toFixed(1),
      median(mine.map(({ p99 }) => p99)).toFixed(1),
    ].join(' | ')
  })
  const head =
    '| | requests/s | rounds | Portico is … times this | CPU µs | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|--:|--:|'
  return `## ${leg}\n\n${head}\n${rows.map((row) => `| ${row} |`).join('\n')}\n`
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

function versions(): string {
  const own = ['next', '@modelcontextprotocol/server', '@prisma/client', 'jose']
  const theirs = ['mcp-handler', 'oidc-provider', 'better-auth'] as const
  return [
    `Node ${process.version}`,
    ...own.map((name) => `${name} ${manifest.dependencies[name]}`),
    ...theirs.map((name) => `${name} ${peersManifest.dependencies[name]}`),
  ].join(', ')
}

function recordingTable({ recording, plan }: Results): string {
  const rows = recording.map(({ leg, recorded, unrecorded, share, error, exchanges }) => {
    const each = exchanges.map((one) => one.toFixed(1)).join(', ')
    return `| ${leg} | ${recorded.toFixed(0)} | ${unrecorded.toFixed(0)} | ${share.toFixed(1)} ± ${error.toFixed(1)} | ${each} |`
  })
  const { pairs, seconds, turnMs } = plan.recording
  return `## What recording costs

Two servers under load for ${seconds} s in turns of ${turnMs} ms, of which one records, then the other: an exchange of roles, in
which goes out what one process differs from another in. ${pairs} pairs, one after the other. It is the processor time that a call
takes, with all that is done after its answer; ± is the standard error. Every call that was to be recorded was found in the log.

| | recording, CPU µs | not recording, CPU µs | of a call, % | by each exchange |
|---|--:|--:|--:|---|
${rows.join('\n')}
`
}

function others({ cold, idle, loaded, handshakes }: Results): string {
  const titles = { portico: 'Portico', 'mcp-handler': 'mcp-handler in Next' }
  const rows = Object.entries(titles).map(
    ([id, title]) =>
      `| ${title} | ${median(cold.get(id) ?? []).toFixed(0)} | ${idle.get(id)?.toFixed(0)} | ${loaded.get(id)?.toFixed(0)} |`,
  )
  const { count, all, slowest } = handshakes
  return `## Starting, memory, handshakes

| | process start to first 200, ms | idle, MiB | after all loads, MiB |
|---|--:|--:|--:|
${rows.join('\n')}

${count} handshakes begun at once, from the first request without a token to the first tool call with registration and
consent, took ${(all / 1000).toFixed(1)} s together (${(count / (all / 1000)).toFixed(0)} a second); the slowest took ${(slowest / 1000).toFixed(1)} s.
`
}

const intro = ({ plan }: Results) => `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}.
${versions()}.

Everybody serves from one core; the load (\`wrk\`, 16 connections) and PostgreSQL, with its default durability, have
the other. ${plan.rounds} rounds of ${plan.seconds} s each, in turn; the ratio is the median of the ratios within a round
and says more than the numbers. Portico checks the token's signature once and its state on every call, and records every exchange;
the tool it calls has no less to do than the others' \`echo\`. The peers check a token with jose and record nothing.
`

/**
 * Prints the results.
 *
 * @param isKept whether docs/benchmarks.md is to say so too
 * @returns whether every target was met
 */
export function writeReport(results: Results, isKept: boolean): boolean {
  const verdicts = targets.map(({ name, of: measure, met }) => {
    const value = measure(results)
    return {
      met: met(value),
      line: `| ${name} | ${value.toFixed(2)} | ${met(value) ? 'yes' : '**no**'} |`,
    }
  })
  const table = [
    '| target | measured | met |',
    '|---|--:|---|',
    ...verdicts.map(({ line }) => line),
  ]
  const text = [
    intro(results),
    `## Targets\n\n${table.join('\n')}\n`,
    ...legs.map((leg) => legTable(results, leg)),
    recordingTable(results),
    others(results),
  ].join('\n')
  console.log(text)
  if (isKept) writeSpeeds(text)
  return verdicts.every(({ met }) => met)
}

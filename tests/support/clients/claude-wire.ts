import { setTimeout as sleep } from 'node:timers/promises'
import { type McpAnswer, readMcp } from '../mcp/mcp-message'
import { type Answer, read } from '../oauth/oauth'

/** Which of a client's programs sends a request: hosted Claude has two. */
export type Leg = 'control' | 'data'

/** The sender: the user agent of each leg, and rotating addresses. */
export type Sender = {
  readonly userAgents: Readonly<Record<Leg, string>>
  /** empty: this machine's address */
  readonly addresses: readonly string[]
  /** hosted Claude follows a redirect to another host, without its token */
  readonly followsRedirects?: boolean
  /** the client's timeout in milliseconds */
  readonly timeoutMs?: number
}

/** One request as sent. */
export type Sent = {
  readonly step: string
  readonly method: string
  readonly url: string
  readonly status: number
  readonly userAgent: string
  readonly address: string | null
}

/** A client's network connection; records what it sent and every secret it saw. */
export type Wire = {
  readonly sent: Sent[]
  readonly secrets: Set<string>
  send(step: string, leg: Leg, url: string, init?: RequestInit): Promise<Answer>
  sendMcp(step: string, url: string, init: RequestInit): Promise<McpAnswer>
  /** waits as long as the client does; seconds at its own pace */
  pause(seconds: number): Promise<void>
}

const secretMembers = ['client_secret', 'access_token', 'refresh_token']

/** @param pace 1 for the client's timing, 0 for no pauses */
export function newWire(sender: Sender, pace: number): Wire {
  const { userAgents, addresses, timeoutMs } = sender
  const redirect = sender.followsRedirects ? 'follow' : 'manual'
  const sent: Sent[] = []
  const secrets = new Set<string>()
  async function exchange(step: string, leg: Leg, url: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers)
    const address = addresses[sent.length % Math.max(1, addresses.length)] ?? null
    headers.set('user-agent', userAgents[leg])
    if (address) headers.set('x-forwarded-for', address)
    if (!headers.has('accept')) headers.set('accept', '*/*')
    const signal = timeoutMs ? AbortSignal.timeout(timeoutMs) : null
    const response = await fetch(url, { ...init, headers, redirect, signal })
    const { status } = response
    const method = init.method ?? 'GET'
    sent.push({ step, method, url, status, userAgent: userAgents[leg], address })
    return response
  }
  return {
    sent,
    secrets,
    send: async (step, leg, url, init) => {
      const answer = await read(await exchange(step, leg, url, init))
      for (const member of secretMembers) {
        const value = answer.body[member]
        if (typeof value === 'string') secrets.add(value)
      }
      return answer
    },
    sendMcp: async (step, url, init) => readMcp(await exchange(step, 'data', url, init)),
    pause: async (seconds) => void (await sleep(seconds * pace * 1000)),
  }
}

/** A health check's response. */
export type Health = {
  readonly status: number
  readonly body: { readonly status?: string; readonly checks?: Readonly<Record<string, string>> }
}

/** Requests a health check, as a load balancer does. */
export async function askHealth(origin: string, path: '/healthz' | '/readyz'): Promise<Health> {
  const response = await fetch(`${origin}${path}`)
  return { status: response.status, body: (await response.json()) as Health['body'] }
}

/** Next calls this once in every process, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { begin } = await import('./lib/server/begin')
    await begin()
  }
}

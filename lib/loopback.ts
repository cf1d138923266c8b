const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether a URL's host is this machine, where plain http is accepted. */
export const isLoopbackHost = (hostname: string): boolean => loopbackHosts.has(hostname)

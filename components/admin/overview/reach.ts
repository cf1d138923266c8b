/** Whether an address can be public: hosted Claude needs https and a public host. */
export function canReachFromOutside(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  const local =
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname.endsWith('.local') ||
    hostname === '[::1]' ||
    /^(127|10|192\.168|169\.254)\./.test(hostname) ||
    /^172\.(1[6-9]|2\d|3[01])\./.test(hostname)
  return protocol === 'https:' && !local
}

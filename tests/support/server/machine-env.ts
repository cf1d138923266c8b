/** npm's settings on this machine: registry and proxy. */
const kept = /^(PATH|HOME|https?_proxy|no_proxy|npm_config_.*|NODE_EXTRA_CA_CERTS)$/i

/** The environment of a machine without Portico's settings, with what npm needs. */
export const machineEnv = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => kept.test(name)),
  ) as NodeJS.ProcessEnv

/** What npm is told on this machine: which registry, and through which proxy. */
const kept = /^(PATH|HOME|https?_proxy|no_proxy|npm_config_.*|NODE_EXTRA_CA_CERTS)$/i

/** The environment of a machine that has heard nothing of Portico, and has what npm needs. */
export const machineEnv = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => kept.test(name)),
  ) as NodeJS.ProcessEnv

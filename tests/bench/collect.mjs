/**
 * Loaded before a server whose memory is watched: at SIGUSR2 it collects its garbage, so that what is
 * left is what it holds. When it would do so by itself is up to the collector, and may be minutes away.
 */
process.on('SIGUSR2', () => globalThis.gc?.())

/** The revision without sessions, in which every request is independent. */
export const modernRevision = '2026-07-28'

/** Revisions that open with `initialize`. */
export const legacyRevisions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const

/** Every protocol revision this server speaks, newest first. */
export const protocolRevisions: readonly string[] = [modernRevision, ...legacyRevisions]

/** Where a request of the modern revision states its revision. */
export const revisionKey = 'io.modelcontextprotocol/protocolVersion'

/** Where it names its client software. */
export const clientInfoKey = 'io.modelcontextprotocol/clientInfo'

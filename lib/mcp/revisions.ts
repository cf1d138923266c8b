/** The revision without sessions, in which every request stands alone. */
export const modernRevision = '2026-07-28'

/** Revisions that open with `initialize`. */
export const legacyRevisions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const

/** Every protocol revision this server speaks, newest first. */
export const protocolRevisions: readonly string[] = [modernRevision, ...legacyRevisions]

/** Where a request of the modern revision says which revision it is. */
export const revisionKey = 'io.modelcontextprotocol/protocolVersion'

/** Where it says which software sends it. */
export const clientInfoKey = 'io.modelcontextprotocol/clientInfo'

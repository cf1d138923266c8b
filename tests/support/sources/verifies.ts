import type { RequirementId } from '../../requirements'

/** The title of a test that would fail if these requirements were broken. */
export const verifies = (ids: readonly RequirementId[], title: string): string =>
  `[${ids.join(' ')}] ${title}`

import type { Operator } from './operator'

/** Where a sign-in without a target leads: members have no dashboard. */
export const homeOf = (role: Operator['role']): string =>
  role === 'member' ? '/connections' : '/admin'

/** Whether a path is only the default target, which a person may not have chosen. */
export const isHome = (path: string): boolean => path === '/admin'

import type { Operator } from './operator'

/** Where somebody lands who signs in without a target: members have no dashboard. */
export const homeOf = (role: Operator['role']): string =>
  role === 'member' ? '/connections' : '/admin'

/** Whether a path is where anybody may have been sent from, rather than a target of their own. */
export const isHome = (path: string): boolean => path === '/admin'

'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { Operator } from '@/lib/auth/operator'
import { navItems } from './nav-items'

const Role = createContext<Operator['role']>('viewer')

/** Provides the signed-in user's role. */
export function NavRole({ role, children }: Pick<Operator, 'role'> & { children: ReactNode }) {
  return <Role value={role}>{children}</Role>
}

/** The sections that the signed-in user may see. */
export function useNavItems(): typeof navItems {
  const role = useContext(Role)
  return navItems.filter(({ hiddenFrom }) => !hiddenFrom?.includes(role))
}

'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { SkeletonShape } from './section-skeleton'

/** A section of the dashboard, in the navigation. */
export type Section = {
  readonly href: string
  readonly label: string
  readonly icon: ReactNode
  /** shortcut after `g` */
  readonly key: string
  /** heading in the navigation */
  readonly group: string
  /** its place among the lists that the palette offers to search */
  readonly search?: number
  /** while it loads; a list by default */
  readonly shape?: SkeletonShape
}

const Sections = createContext<readonly Section[]>([])

type ProviderProps = { readonly sections: readonly Section[]; readonly children: ReactNode }

/** Provides the sections that the signed-in user may see. */
export function SectionsProvider({ sections, children }: ProviderProps) {
  return <Sections value={sections}>{children}</Sections>
}

/** The sections that the signed-in user may see, in the order of the navigation. */
export const useSections = (): readonly Section[] => useContext(Sections)

/** Whether a path is in a section; the overview has no subpages. */
export const isWithin = (path: string, href: string): boolean =>
  path === href || (href !== '/admin' && path.startsWith(`${href}/`))

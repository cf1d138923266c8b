import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// `text-2xs` is our own size: tailwind-merge would take it for a colour.
const merge = extendTailwindMerge({ extend: { theme: { text: ['2xs'] } } })

/** Joins class names; the later of two conflicting Tailwind classes wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes))

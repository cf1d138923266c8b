'use client'
import { useEffect } from 'react'
import { createStore } from '@/components/kit/store'

const itemName = createStore<string | null>(null)

/** The current page's name for its item; `null` if it sets none. */
export const useItemName = itemName.useValue

/** Sets the breadcrumb's name of this page, such as the client's name instead of its id. */
export function ItemName({ name }: { readonly name: string }) {
  useEffect(() => {
    itemName.set(name)
    return () => itemName.set(null)
  }, [name])
  return null
}

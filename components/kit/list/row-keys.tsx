'use client'
import { useRowKeys } from '@/components/kit/use-row-keys'

/** Lets `j` and `k` move between the rows of its list. */
export function RowKeys() {
  useRowKeys('[data-row]')
  return null
}

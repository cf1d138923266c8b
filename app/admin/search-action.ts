'use server'
import { type SearchHit, searchEverything } from '@/lib/admin/search'

/** Finds things by name or id for the command palette. */
export async function search(text: string): Promise<SearchHit[]> {
  return searchEverything(String(text))
}

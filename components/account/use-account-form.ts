'use client'
import { useActionState, useEffect } from 'react'
import { notify } from '@/components/kit/outcome'
import type { FormAction } from './account-actions'

const none: Readonly<Record<string, string>> = {}

/** A form that reports success in a notice and errors at its fields. */
export function useAccountForm(send: FormAction) {
  const [result, action, pending] = useActionState(send, null)
  useEffect(() => {
    if (result?.ok) notify(result)
  }, [result])
  return { action, pending, problems: result && !result.ok ? result.problems : none }
}

'use client'
import { useEffect, useRef, useState } from 'react'

/** Whether the element at `ref` is scrolled out of view. */
export function useAway() {
  const ref = useRef<HTMLDivElement>(null)
  const [away, setAway] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new IntersectionObserver(([entry]) => setAway(entry?.isIntersecting === false))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, away }
}

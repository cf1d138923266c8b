/** Portico's mark: a pediment on three columns. */
function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6 shrink-0 text-accent">
      <rect width="32" height="32" rx="7" fill="currentColor" />
      <path
        fill="var(--on-accent)"
        d="M16 5.2 27 11.4v1.9H5v-1.9zM7.4 15.2h2.8v8.2H7.4zm7.2 0h2.8v8.2h-2.8zm7.2 0h2.8v8.2h-2.8zM5.6 25.1h20.8v2.2H5.6z"
      />
    </svg>
  )
}

/** The mark and the name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-lg">
      <BrandMark />
      Portico
    </span>
  )
}

/**
 * A name that a stranger chose. Set apart by style and not by quotation marks, which the name could
 * contain; `bdi` keeps it from changing the sentence's direction.
 */
export const ClientName = ({ children }: { readonly children: string }) => (
  <bdi className="wrap-anywhere font-medium text-ink">{children}</bdi>
)

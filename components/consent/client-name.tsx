/**
 * A name that a stranger chose, set apart from the sentence around it by its looks and not by
 * quotation marks, which it could end; and kept from turning that sentence's direction.
 */
export const ClientName = ({ children }: { readonly children: string }) => (
  <bdi className="wrap-anywhere font-medium text-ink">{children}</bdi>
)

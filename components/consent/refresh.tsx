/** Refreshes or redirects without JavaScript. In the body, where it stays inside `noscript`. */
export function Refresh({ content }: { content: string }) {
  return (
    <noscript>
      <meta httpEquiv="refresh" content={content} />
    </noscript>
  )
}

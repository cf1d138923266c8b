/** Asks for a page anew, or goes on, in browsers without script. In the body, where it stays inside `noscript`. */
export function Refresh({ content }: { content: string }) {
  return (
    <noscript>
      <meta httpEquiv="refresh" content={content} />
    </noscript>
  )
}

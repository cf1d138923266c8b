/** The storage key of next-themes, and its two explicit values. */
const script = `try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.classList.add(t)}catch{}`

/**
 * Sets the theme that was chosen in the dashboard before the first paint. Pages without a theme
 * switch need no more, so the consent page bundles no theme library.
 */
export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  return (
    <script
      nonce={nonce}
      // the browser hides the nonce from scripts, and so from React
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, and script text is not escaped
      dangerouslySetInnerHTML={{ __html: script }}
    />
  )
}

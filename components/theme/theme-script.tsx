/** The key under which next-themes remembers, and the two values of it that are a choice. */
const script = `try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.classList.add(t)}catch{}`

/**
 * Sets the theme that was chosen in the dashboard before anything is painted. Pages without a theme
 * switch need no more of it, so that the consent page carries no library for it.
 */
export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  return (
    <script
      nonce={nonce}
      // the browser hides a nonce from scripts, and so from React
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, and text in a script is not escaped
      dangerouslySetInnerHTML={{ __html: script }}
    />
  )
}

const longest = 200

/**
 * The reader's first locale that can format numbers, by RFC 9110 §12.5.4.
 *
 * @param accepted the value of `Accept-Language`
 */
export function readersLocale(accepted: string | null): string {
  const wanted = (accepted ?? '').slice(0, longest).split(',')
  for (const range of wanted) {
    const [tag = ''] = range.split(';')
    try {
      const [known] = Intl.NumberFormat.supportedLocalesOf(tag.trim())
      if (known) return known
    } catch {
      // not a language tag
    }
  }
  return 'en'
}

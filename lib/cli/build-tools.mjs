import { createRequire } from 'node:module'

/** Tools that a build needs and a built server does not. */
const tools = ['prisma/build/index.js', 'typescript/package.json', '@tailwindcss/postcss', 'tsx']

/**
 * Without the development dependencies, which npm omits with `NODE_ENV=production`, nothing can be
 * built; an existing build can be served.
 *
 * @returns {string | null} what to do about it, or `null` if all tools are installed
 */
export function missingToolsAdvice() {
  const { resolve } = createRequire(import.meta.url)
  try {
    for (const tool of tools) resolve(tool)
    return null
  } catch {
    return [
      'Portico cannot be built here, because its development dependencies are not installed:',
      'npm omits them with NODE_ENV=production or --omit=dev. Install them with',
      '  npm install --include=dev',
      'or run an existing build: the image, or the package that `npm run package` makes.',
    ].join('\n')
  }
}

import { connectAs } from '../clients/claude'
import { clientScripts, hostedClaude } from '../clients/claude-clients'
import { newBrowser } from '../people/operator'
import { answer } from '../people/operator-consent'
import type { Portico } from '../server/portico-process'

/** The script of a client by its name. */
export function scriptOf(name: string) {
  const script = clientScripts.find((known) => known.name === name)
  if (!script) throw new Error(`unknown client "${name}"`)
  return script
}

/** A client that stops after its token, until it is resumed. */
export function stopAfterToken(portico: Portico, script = hostedClaude) {
  let resume = () => {}
  const beforeMcp = new Promise<void>((resolve) => {
    resume = resolve
  })
  const stranger = newBrowser(portico.origin)
  const person = (url: URL) => answer(stranger, url, 'allow')
  const connecting = connectAs(script, `${portico.origin}/mcp`, person, 0, { beforeMcp })
  return {
    resume: () => {
      resume()
      return connecting
    },
  }
}

import { limits } from '../../core/limits.ts'
import { costlyHash, type HashForm, unknownHash } from './hash-form.ts'

/** `$2a$`, `$2b$` and `$2y$`, which agree; not `$2x$`, made by a fault. The last digits of salt and digest have bits that are always zero. */
const written = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/

/** What Blowfish takes for its state. */
const memoryBytes = 4 * 1024 + 18 * 4

/** As bcrypt is everywhere: of the password, in UTF-8, no more than 72 bytes count. */
export const bcrypt: HashForm = (text) => {
  if (!/^\$2.?\$/.test(text)) return null
  const cost = Number(written.exec(text)?.[1] ?? 0)
  if (cost < 4) return unknownHash
  if (cost > limits.bcryptCostMax) return costlyHash('bcrypt_cost', limits.bcryptCostMax)
  const matches = async (password: string) => (await import('@node-rs/bcrypt')).verify(password, text)
  return { value: { memoryBytes, matches } }
}

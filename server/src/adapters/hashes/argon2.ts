import { parseOptions, verify } from '@node-rs/argon2'
import { limits } from '../../core/limits.ts'
import { costlyHash, type HashForm, unknownHash } from './hash-form.ts'

/** Argon2i, argon2d and argon2id in PHC form (RFC 9106; PHC string format), of version 16 or 19. */
export const argon2: HashForm = (text) => {
  if (!text.startsWith('$argon2')) return null
  const options = optionsOf(text)
  if (options === null || options.outputLen < limits.passwordDigestBytesMin) return unknownHash
  const { memoryCost, timeCost } = options
  if (memoryCost > limits.argon2KibMax) return costlyHash('argon2_kib', limits.argon2KibMax)
  if (memoryCost * timeCost > limits.argon2KibPassesMax) {
    return costlyHash('argon2_kib_passes', limits.argon2KibPassesMax)
  }
  return { value: { memoryBytes: memoryCost * 1024, matches: (password) => verify(text, password) } }
}

function optionsOf(text: string): ReturnType<typeof parseOptions> | null {
  try {
    return parseOptions(text)
  } catch {
    return null
  }
}

/** Nothing that looks like something else: neither `0` and `O` nor `1`, `I` and `l`. */
const alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const groups = 4
const groupLength = 5

/** A password that nobody guesses, in groups that can be read from a screen: about 116 bits. */
export function makeUpPassword(): string {
  for (;;) {
    const letters = Array.from({ length: groups * groupLength }, pickLetter).join('')
    const password = letters.match(new RegExp(`.{${groupLength}}`, 'g'))?.join('-') ?? ''
    if (/[a-z]/.test(password) && /[A-Z]/.test(password) && /[2-9]/.test(password)) return password
  }
}

/** Each as likely as any other: bytes that would favour some are drawn again. */
function pickLetter(): string {
  const fair = 256 - (256 % alphabet.length)
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < fair) return alphabet.charAt(byte % alphabet.length)
  }
}

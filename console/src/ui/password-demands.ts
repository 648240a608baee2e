/** Whoever a password is for, as far as that is known. */
export interface PasswordOwner {
  readonly email?: string | null | undefined
  readonly username?: string | null | undefined
  readonly firstName?: string | null | undefined
  readonly lastName?: string | null | undefined
}

export interface Demand {
  readonly says: string
  readonly isMet: boolean
}

const lengthMin = 8
const partLengthMin = 4

/** What the server asks of a new password, and what of it this one has. It alone decides: it knows the common ones, too. */
export function demandsOn(password: string, owner: PasswordOwner): readonly Demand[] {
  return [
    { says: `${lengthMin} characters or more`, isMet: [...password.normalize('NFC')].length >= lengthMin },
    { says: 'an upper-case letter', isMet: /\p{Lu}|\p{Lt}/u.test(password) },
    { says: 'a lower-case letter', isMet: /\p{Ll}/u.test(password) },
    { says: 'a digit', isMet: /\p{Nd}/u.test(password) },
    { says: 'a symbol', isMet: /[^\p{L}\p{M}\p{N}\s]/u.test(password) },
    { says: 'free of name and address', isMet: password !== '' && !namesOwner(password, owner) },
  ]
}

/** What others would guess first about somebody. */
export function wordsOf({ email, username, firstName, lastName }: PasswordOwner): readonly string[] {
  const names = [firstName, lastName].flatMap((name) => name?.split(/\s+/u) ?? [])
  return [...names, username ?? '', email?.split('@')[0] ?? ''].filter((word) => [...word].length >= partLengthMin)
}

function namesOwner(password: string, owner: PasswordOwner): boolean {
  const folded = fold(password)
  return wordsOf(owner).some((word) => folded.includes(fold(word)))
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

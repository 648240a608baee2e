import { limits } from '../limits.ts'
import { canonical } from '../users/text.ts'
import type { User, UserId } from '../users/user.ts'

/* Under what guesses are counted. What somebody typed stands behind a word, so that it can be none of the others. */

/** A name as it was typed, whoever has it: so that a name nobody has runs out of guesses like any other. */
export function guessesAtName(typed: string): string {
  return `called ${canonical(typed.slice(0, limits.emailLengthMax).trim())}`
}

/** Passwords of one person, by whatever name they were called: so that somebody with two names does not get twice as many. */
export function guessesAtPassword(id: UserId): string {
  return id
}

/** In place of the person, where there is none: the same steps are taken. */
export function guessesAtNobody(typed: string): string {
  return `nobody ${guessesAtName(typed)}`
}

/** Codes of one person, apart from passwords: whoever knows the password could otherwise begin anew with each sign-in. */
export function guessesAtCode(id: UserId): string {
  return `codes of ${id}`
}

/** Everything that is forgiven by the right password. */
export function guessesAtUser({ id, email, username }: Pick<User, 'id' | 'email' | 'username'>): string[] {
  const names = [email, username].filter((name) => name !== null)
  return [...names.map(guessesAtName), guessesAtPassword(id)]
}

import type { User } from '../users/user.ts'

/** At most two letters, of the names or else of what the user is called by; none where there is no letter. */
export function initialsOf({ firstName, lastName, username, email }: User): string {
  const ofNames = [firstName, lastName].map(firstLetter).join('')
  return ofNames || firstLetter(username) || firstLetter(email)
}

/** Letters only: whatever else a name begins with means something to somebody who draws it. */
function firstLetter(name: string | null): string {
  const [letter = ''] = /\p{L}/u.exec(name ?? '') ?? []
  const [upper = ''] = letter.toUpperCase()
  return upper
}

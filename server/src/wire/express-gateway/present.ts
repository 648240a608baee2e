import { signInName, type User } from '../../core/users/user.ts'

/** The nine keys in the product's order; optional values that are absent are left out, a missing name is `''`. */
export function presentUser(user: User) {
  const { redirectUri } = user.particulars
  return {
    isActive: user.status === 'active',
    username: signInName(user),
    id: user.id,
    firstname: user.firstName ?? '',
    lastname: user.lastName ?? '',
    ...(user.email === null ? {} : { email: user.email }),
    ...(redirectUri === null ? {} : { redirectUri }),
    createdAt: dateText(user.createdAtMs),
    updatedAt: dateText(user.updatedAtMs),
  }
}

/** As `Date#toString` writes it where the time zone is UTC, whatever it is here. */
export function dateText(ms: number): string {
  const [weekday, day, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${day} ${year} ${time} GMT+0000 (Coordinated Universal Time)`
}

const writtenUsers = new WeakMap<User, string>()

/** The JSON of a user, written once for each record: a record never changes, it is replaced. */
export function writeUser(user: User): string {
  const known = writtenUsers.get(user)
  if (known !== undefined) return known
  const written = JSON.stringify(presentUser(user))
  writtenUsers.set(user, written)
  return written
}

export function writePage(users: readonly User[], nextKey: number): string {
  return `{"users":[${users.map(writeUser).join(',')}],"nextKey":${nextKey}}`
}

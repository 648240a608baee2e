import { signInName, type UserInBrief } from '../../core/users/user.ts'

/** The five keys in the order of the product's documentation. */
export function presentUser(user: UserInBrief) {
  return {
    id: user.id,
    username: signInName(user),
    role: user.role === 'admin' ? 'ADMIN' : 'USER',
    createdAt: new Date(user.createdAtMs).toISOString(),
    updatedAt: new Date(user.updatedAtMs).toISOString(),
  }
}

/** A JSON array, stretch by stretch. */
export async function* writeList(stretches: AsyncIterable<readonly UserInBrief[]>): AsyncGenerator<string> {
  let before = '['
  for await (const users of stretches) {
    yield before + users.map((user) => JSON.stringify(presentUser(user))).join(',')
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}

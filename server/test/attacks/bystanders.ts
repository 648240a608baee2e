import { system } from '../../src/core/actor.ts'
import type { NewUser } from '../../src/core/users/user.ts'
import { person } from '../cast.ts'
import type { World } from '../world.ts'

/** The password of everybody here who has one. */
export const bystandersPassword = 'Umbrella-Stand-1888!'

export interface Bystanders {
  readonly inactive: NewUser
  readonly pending: NewUser
  readonly deleted: NewUser
  readonly passwordless: NewUser
  /** Has an e-mail, a username and a password. */
  readonly active: NewUser
}

/** One person in every state in which an account can be, beside the cast. */
export async function settleBystanders({ core }: World): Promise<Bystanders> {
  const bystanders = {
    inactive: person({ place: 101, email: 'ines@example.com', username: 'ines', status: 'inactive' }),
    pending: person({ place: 102, email: 'paul@example.com', username: 'paul', status: 'pending' }),
    deleted: person({ place: 103, email: 'dora@example.com', username: 'dora' }),
    passwordless: person({ place: 104, email: 'nina@example.com', username: 'nina' }),
    active: person({ place: 105, email: 'abel@example.com', username: 'abel' }),
  }
  const hashed = await core.passwords.hash(bystandersPassword)
  if (!hashed.ok) throw new Error('no room to hash a password')
  const people = Object.entries(bystanders).map(([state, user]) => ({
    user,
    passwordHash: state === 'passwordless' ? null : hashed.value,
  }))
  await core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
  const { id } = bystanders.deleted
  await core.commit('delete-user', { actor: system, id, versions: null, finality: 'restorable' })
  return bystanders
}

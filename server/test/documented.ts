import { system } from '../src/core/actor.ts'
import type { NewUser, UserId } from '../src/core/users/user.ts'
import { person } from './cast.ts'
import type { World } from './world.ts'

/** The user whom the house document shows in its examples, field by field. */
export const john: NewUser = {
  ...person({
    place: 0,
    email: 'john.doe@example.com',
    firstName: 'John',
    lastName: 'Doe',
    particulars: {
      avatar: 'https://example.com/avatar.jpg',
      profile: {
        bio: 'Software developer passionate about TypeScript',
        location: 'San Francisco, CA',
        website: 'https://johndoe.dev',
        twitter: '@johndoe',
      },
      preferences: {
        theme: 'dark',
        language: 'en',
        timezone: 'UTC',
        notifications: { email: true, push: false, marketing: false },
      },
    },
  }),
  id: '550e8400-e29b-41d4-a716-446655440000' as UserId,
  createdAtMs: Date.parse('2024-01-01T00:00:00.000Z'),
  updatedAtMs: Date.parse('2024-01-15T10:30:00.000Z'),
  lastLoginAtMs: Date.parse('2024-01-15T10:30:00.000Z'),
}

export const johnsPassword = 'CurrentPassword123!'

/** Settles the document's user in a world, with the password of its examples. */
export async function documented(world: World): Promise<World> {
  const hashed = await world.core.passwords.hash(johnsPassword)
  if (!hashed.ok) throw new Error('no room to hash a password')
  const people = [{ user: john, passwordHash: hashed.value }]
  const added = await world.core.commit('add-people', { actor: system, people, onlyIfEmpty: false })
  if (!added.ok) throw new Error(`the documented user could not be added: ${added.refusal.code}`)
  return world
}

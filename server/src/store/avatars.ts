import { type Avatar, type AvatarSize, avatarSizes } from '../core/avatars/avatar.ts'
import type { AvatarReads, AvatarStore } from '../core/avatars/ports.ts'
import type { UserId } from '../core/users/user.ts'
import { first, type Queries, statement } from './queries.ts'
import type { AvatarsTable } from './tables.ts'

export function avatarReads(queries: Queries): AvatarReads {
  return {
    async hashOf(userId) {
      return (await first(queries.all(hashOf, { userId })))?.hash ?? null
    },
    async picture(userId, hash, size) {
      const row = await first(queries.all(pictures[size], { userId, hash }))
      return row === undefined ? null : queries.unsealBytes(row.picture, context(userId, size))
    },
  }
}

export function avatarStore(queries: Queries): AvatarStore {
  return {
    hashOf: avatarReads(queries).hashOf,
    async keep(userId, { pictures, hash }) {
      const sealed = (size: AvatarSize) => queries.sealBytes(pictures[size], context(userId, size))
      const row = { user_id: userId, hash, large: sealed('large'), medium: sealed('medium'), small: sealed('small') }
      await queries.run(keep, row)
    },
    async remove(userId) {
      await queries.run(remove, { userId })
    },
  }
}

function context(userId: UserId, size: keyof Avatar['pictures']): string {
  return `avatars.${size}:${userId}`
}

const hashOf = statement((sql, p: { userId: UserId }) =>
  sql.selectFrom('avatars').select('hash').where('user_id', '=', p.userId),
)

/** A reader is sent no more than the size that was asked for. */
const pictures = Object.fromEntries(avatarSizes.map((size) => [size, pictureOf(size)])) as Record<
  AvatarSize,
  ReturnType<typeof pictureOf>
>

function pictureOf(size: AvatarSize) {
  return statement((sql, p: { userId: UserId; hash: string }) =>
    sql.selectFrom('avatars').select(`${size} as picture`).where('user_id', '=', p.userId).where('hash', '=', p.hash),
  )
}

const keep = statement((sql, p: AvatarsTable) =>
  sql
    .insertInto('avatars')
    .values({ user_id: p.user_id, hash: p.hash, large: p.large, medium: p.medium, small: p.small })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ hash: p.hash, large: p.large, medium: p.medium, small: p.small }),
    ),
)

const remove = statement((sql, p: { userId: UserId }) => sql.deleteFrom('avatars').where('user_id', '=', p.userId))

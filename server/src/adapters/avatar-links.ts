import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { type AvatarSize, avatarSizes } from '../core/avatars/avatar.ts'
import type { AvatarLink, AvatarLinks } from '../core/avatars/ports.ts'
import type { UserId } from '../core/users/user.ts'

const tokenBytes = 16
const written = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{32})(?:(|_medium|_small)\.jpg|\.svg)$/
const suffixes: Readonly<Record<AvatarSize, string>> = { large: '', medium: '_medium', small: '_small' }

/** Behind the user's id stand the first 128 bits of an HMAC-SHA256 of what the address shows. */
export function openAvatarLinks(key: KeyObject, publicUrl: string): AvatarLinks {
  function tokenOf(userId: UserId, shows: AvatarLink['shows'], hash: string): Buffer {
    const what = shows === 'initials' ? `initials ${userId}` : `picture ${userId} ${hash}`
    return createHmac('sha256', key).update(what).digest().subarray(0, tokenBytes)
  }

  function addressOf(userId: UserId, shows: AvatarLink['shows'], hash: string): string {
    const ending = shows === 'initials' ? '.svg' : `${suffixes[shows]}.jpg`
    return `${publicUrl}/avatars/${userId}.${tokenOf(userId, shows, hash).toString('hex')}${ending}`
  }

  return {
    ofPictures: (userId, hash) => ({
      large: addressOf(userId, 'large', hash),
      medium: addressOf(userId, 'medium', hash),
      small: addressOf(userId, 'small', hash),
    }),
    ofInitials: (userId) => addressOf(userId, 'initials', ''),
    read(name) {
      const [, userId, token = '', suffix] = written.exec(name) ?? []
      if (userId === undefined) return null
      const shows = suffix === undefined ? 'initials' : avatarSizes.find((size) => suffixes[size] === suffix)
      return shows === undefined ? null : { userId: userId as UserId, shows, token }
    },
    leadsTo({ userId, shows, token }, hash) {
      const isRight = timingSafeEqual(Buffer.from(token, 'hex'), tokenOf(userId, shows, hash ?? ''))
      return isRight && (shows === 'initials' || hash !== null)
    },
  }
}

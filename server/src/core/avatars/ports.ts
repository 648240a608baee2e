import type { Eventually, Outcome } from '../outcome.ts'
import type { UserId } from '../users/user.ts'
import type { Avatar, AvatarAddresses, AvatarSize } from './avatar.ts'

/** Pictures are found by user and hash, and never change: what is kept elsewhere under the two can stand in for the directory's own. */
export interface AvatarReads {
  /** Of the picture that is kept for a user, be they deleted or not. */
  hashOf(userId: UserId): Eventually<string | null>
  /** Null once another has taken its place. */
  picture(userId: UserId, hash: string, size: AvatarSize): Eventually<Uint8Array | null>
}

export interface AvatarStore extends Pick<AvatarReads, 'hashOf'> {
  /** In place of the one that was. */
  keep(userId: UserId, avatar: Avatar): Promise<void>
  remove(userId: UserId): Promise<void>
}

/** What is asked of the world. */
export interface AvatarWorld {
  readonly images: Images
  readonly scanner: Scanner
  readonly avatarLinks: AvatarLinks
}

/** Makes pictures of what people send. */
export interface Images {
  read(image: Uint8Array): Promise<Outcome<Avatar, 'unprocessable_image' | 'busy'>>
  /** Pictures that `read` made somewhere, in base64; null when they are anything else, or hold more than pixels. */
  recognise(pictures: Readonly<Record<AvatarSize, string>>): Avatar | null
}

/** Looks for what does harm in files. */
export interface Scanner {
  scan(file: Uint8Array): Promise<Scan>
}

export type Scan =
  | { readonly kind: 'clean' }
  /** By what the scanner calls it: printable ASCII, bounded. */
  | { readonly kind: 'flagged'; readonly signature: string }
  /** Nothing is known of the file. */
  | { readonly kind: 'unscanned' }

/**
 * Addresses of pictures, which a browser asks for without a token: each has a part that nobody can guess, and that is another one for another picture.
 * They are not kept.
 */
export interface AvatarLinks {
  ofPictures(userId: UserId, hash: string): AvatarAddresses
  /** Stays the same, whatever they are. */
  ofInitials(userId: UserId): string
  /** What the last part of an address asks for; null for what never was one. Whether it is right, `leadsTo` tells. */
  read(name: string): AvatarLink | null
  /** Whether the link was made here: if it is one of a picture, of that with this hash. */
  leadsTo(link: AvatarLink, hash: string | null): boolean
}

export interface AvatarLink {
  readonly userId: UserId
  readonly shows: AvatarSize | 'initials'
  readonly token: string
}

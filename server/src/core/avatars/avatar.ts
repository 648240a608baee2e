/** The first is at most so many pixels wide and high and never larger than what was sent; the others are exactly so. All are squares. */
export const avatarSides = { large: 1024, medium: 256, small: 64 } as const
export type AvatarSize = keyof typeof avatarSides
export const avatarSizes = ['large', 'medium', 'small'] as const satisfies readonly AvatarSize[]

/** One picture of a user in its three sizes: JPEG, upright, in sRGB, with nothing in it but pixels. */
export interface Avatar {
  readonly pictures: Readonly<Record<AvatarSize, Uint8Array>>
  /** SHA-256 of the large one, in base64url. */
  readonly hash: string
}

/** Where the three are to be had, by whoever was told. */
export type AvatarAddresses = Readonly<Record<AvatarSize, string>>

export type ImageKind = 'JPEG' | 'PNG'
export const imageKinds: readonly ImageKind[] = ['JPEG', 'PNG']

const beginnings: Readonly<Record<ImageKind, readonly number[]>> = {
  JPEG: [0xff, 0xd8, 0xff],
  PNG: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
}

/** What it is by its first bytes, whatever it is called. */
export function imageKindOf(bytes: Uint8Array): ImageKind | null {
  return imageKinds.find((kind) => beginnings[kind].every((byte, at) => bytes[at] === byte)) ?? null
}

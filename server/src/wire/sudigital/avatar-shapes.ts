import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'
import { data, exact, orNull } from './answers.ts'

/* The shapes of pictures, for the API description. */

const address = (description: string) => Type.String({ format: 'uri', maxLength: limits.urlLengthMax, description })

const thumbnails = Type.Object(
  { small: address('64 by 64 pixels'), medium: address('256 by 256 pixels') },
  { ...exact, title: 'Thumbnails' },
)

export const avatarBody = Type.Object(
  {
    avatar: Type.Unsafe<Uint8Array>({
      type: 'string',
      format: 'binary',
      maxLength: limits.avatarBytesMax,
      description: 'A JPEG or a PNG of at most 5 MB',
    }),
  },
  exact,
)

export const avatarChangedAnswer = data(
  Type.Object(
    { avatar: address('At most 1024 by 1024 pixels; needs no token, as all of these'), thumbnails },
    { ...exact, title: 'UploadedAvatar' },
  ),
)

export const avatarAnswer = data(
  Type.Object(
    {
      avatar: orNull(address("The user's `avatar`")),
      thumbnails: orNull(thumbnails),
      initials: address('A drawing to show where there is no picture'),
    },
    { ...exact, title: 'Avatar' },
  ),
)

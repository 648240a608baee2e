import type { Call } from '../call.ts'
import type { AnyOptions, CallOptions, ChangeOptions } from '../options.ts'
import type { Send } from '../transport.ts'
import type { Avatar, Message, ResultOf } from '../types.ts'

/** The picture of somebody. */
export class UserAvatar {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * Where the picture is, and what to show as long as there is none.
   *
   * @example
   * ```ts
   * const { avatar, initials } = await client.users.avatar.get(id)
   * const shown = avatar ?? initials
   * ```
   */
  get(id: string, options?: CallOptions): Call<Avatar> {
    return this.#send('readAvatar', { path: { id } }, options)
  }

  /**
   * Removes the picture.
   *
   * @example
   * ```ts
   * await client.users.avatar.delete(id)
   * ```
   */
  delete(id: string, options?: ChangeOptions): Call<Message> {
    return this.#send('removeAvatar', { path: { id } }, options)
  }
}

/** The picture of the caller. */
export class OwnAvatar {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * Uploads a JPEG or a PNG of at most 5 MB. Nothing of it is kept but its pixels.
   *
   * @example
   * ```ts
   * const { avatar, thumbnails } = await client.me.avatar.upload(file)
   * ```
   */
  upload(picture: Blob, options?: AnyOptions): Call<ResultOf<'uploadAvatar'>> {
    return this.#send('uploadAvatar', { form: { avatar: picture } }, options)
  }

  /**
   * Where the picture is, and what to show as long as there is none.
   *
   * @example
   * ```ts
   * const { avatar, initials } = await client.me.avatar.get()
   * ```
   */
  get(options?: CallOptions): Call<Avatar> {
    return this.#send('readOwnAvatar', {}, options)
  }

  /**
   * Removes the picture.
   *
   * @example
   * ```ts
   * await client.me.avatar.delete()
   * ```
   */
  delete(options?: ChangeOptions): Call<Message> {
    return this.#send('removeOwnAvatar', {}, options)
  }
}

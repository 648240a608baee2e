import type { Call } from '../call.ts'
import type { CallOptions, ChangeOptions, OnceOptions, ReadOptions } from '../options.ts'
import type { Send } from '../transport.ts'
import type {
  BodyOf,
  FieldSelection,
  Me,
  Message,
  NoFieldSelection,
  Permission,
  ResultOf,
  SelectedUser,
  UserChanges,
} from '../types.ts'
import { OwnActivity } from './user-activity.ts'
import { OwnAvatar } from './user-avatar.ts'
import { OwnFactors } from './user-factors.ts'
import { OwnOrganizations } from './user-organizations.ts'
import { OwnSessions } from './user-sessions.ts'

type Selection = { readonly fields?: FieldSelection['fields'] | undefined }

/** Whoever calls. */
export class OwnRecord {
  readonly #send: Send
  /** What happened to the caller's account. */
  readonly activity: OwnActivity
  /** The picture of the caller. */
  readonly avatar: OwnAvatar
  /** What is asked of the caller at sign-in, besides the password. */
  readonly factors: OwnFactors
  /** What the caller belongs to. */
  readonly organizations: OwnOrganizations
  /** Where the caller is signed in. */
  readonly sessions: OwnSessions

  constructor(send: Send) {
    this.#send = send
    this.activity = new OwnActivity(send)
    this.avatar = new OwnAvatar(send)
    this.factors = new OwnFactors(send)
    this.organizations = new OwnOrganizations(send)
    this.sessions = new OwnSessions(send)
  }

  /**
   * The caller, with permissions and preferences, or only the `fields` that are named. With `ifNoneMatch` it is null when what you have still holds.
   *
   * @example
   * ```ts
   * const { email, preferences } = await client.me.get()
   * ```
   */
  get(query?: NoFieldSelection, options?: CallOptions): Call<Me>
  get(query: FieldSelection, options?: CallOptions): Call<SelectedUser>
  get(query: NoFieldSelection | undefined, options: ReadOptions): Call<Me | null>
  get(query: FieldSelection, options: ReadOptions): Call<SelectedUser | null>
  get(query?: Selection, options?: ReadOptions): Call<Me | SelectedUser | null> {
    return this.#send('readMe', { ...(query && { query }) }, options)
  }

  /**
   * Everything that is kept of the caller, in one document. It leaves an entry in their activity.
   *
   * @example
   * ```ts
   * const { user, sessions, activity } = await client.me.export()
   * ```
   */
  export(options?: CallOptions): Call<ResultOf<'exportMe'>> {
    return this.#send('exportMe', {}, options)
  }

  /**
   * What the caller may do, for programs that draw buttons.
   *
   * @example
   * ```ts
   * const mayCreate = (await client.me.permissions()).includes('users:create')
   * ```
   */
  permissions(options?: CallOptions): Call<Permission[]> {
    return this.#send('readOwnPermissions', {}, options)
  }

  /**
   * Changes what is named: what is absent stays, `null` removes, `profile` and `preferences` merge deeply.
   *
   * @example
   * ```ts
   * const { preferences } = await client.me.update({ preferences: { theme: 'dark' } })
   * ```
   */
  update(changes: UserChanges, options?: ChangeOptions): Call<Me> {
    return this.#send('updateMe', { body: changes }, options)
  }

  /**
   * The same as `client.me.update`, as a JSON merge patch (RFC 7396).
   *
   * @example
   * ```ts
   * const { profile } = await client.me.patch({ profile: { website: 'https://jane.example' } })
   * ```
   */
  patch(changes: UserChanges, options?: ChangeOptions): Call<Me> {
    return this.#send('patchMe', { body: changes }, options)
  }

  /**
   * Changes the password. The calling session stays, all others end.
   *
   * @example
   * ```ts
   * await client.me.changePassword({ currentPassword: password, newPassword: 'Correct-Horse-1!' })
   * ```
   */
  changePassword(passwords: BodyOf<'changeOwnPassword'>, options?: CallOptions): Call<Message> {
    return this.#send('changeOwnPassword', { body: passwords }, options)
  }

  /**
   * Asks for another address, which is the caller's once the link that is mailed there was followed.
   *
   * @example
   * ```ts
   * await client.me.changeEmail({ email: 'jane@new.example', password })
   * ```
   */
  changeEmail(asked: BodyOf<'changeOwnEmail'>, options?: OnceOptions): Call<Message> {
    return this.#send('changeOwnEmail', { body: asked }, options)
  }
}

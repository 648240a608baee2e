import type { Call } from '../call.ts'
import type { CallOptions, ChangeOptions, OnceOptions, ReadOptions } from '../options.ts'
import { byCursor } from '../paging.ts'
import type { Send } from '../transport.ts'
import type {
  BodyOf,
  FieldSelection,
  Invitation,
  Me,
  Message,
  NewUser,
  NoFieldSelection,
  Page,
  ResultOf,
  SelectedUser,
  User,
  UserChanges,
  UserPageMeta,
  UserQuery,
  UserWithProfile,
} from '../types.ts'
import { UserActivity } from './user-activity.ts'
import { UserAvatar } from './user-avatar.ts'
import { UserFactors } from './user-factors.ts'
import { UserOrganizations } from './user-organizations.ts'
import { UserSessions } from './user-sessions.ts'

type Selection = { readonly fields?: FieldSelection['fields'] | undefined }

/** People in the directory. */
export class Users {
  readonly #send: Send
  /** What happened to somebody's account. */
  readonly activity: UserActivity
  /** The picture somebody uploaded. */
  readonly avatar: UserAvatar
  /** What is asked of somebody at sign-in, besides the password. */
  readonly factors: UserFactors
  /** What somebody belongs to. */
  readonly organizations: UserOrganizations
  /** Where somebody is signed in. */
  readonly sessions: UserSessions

  constructor(send: Send) {
    this.#send = send
    this.activity = new UserActivity(send)
    this.avatar = new UserAvatar(send)
    this.factors = new UserFactors(send)
    this.organizations = new UserOrganizations(send)
    this.sessions = new UserSessions(send)
  }

  /**
   * A page of users. Filters combine; `search` looks for words of names and addresses.
   *
   * @example
   * ```ts
   * const { data, meta } = await client.users.list({ page: 1, limit: 10, search: 'john', status: 'active' })
   * console.log(`${data.length} of ${meta.total}`)
   * ```
   */
  list(query?: UserQuery & NoFieldSelection, options?: CallOptions): Call<Page<User, UserPageMeta>>
  list(query: UserQuery & FieldSelection, options?: CallOptions): Call<Page<SelectedUser, UserPageMeta>>
  list(query: UserQuery & Selection = {}, options?: CallOptions): Call<Page<User | SelectedUser, UserPageMeta>> {
    return this.#send('listUsers', { query }, options)
  }

  /**
   * Everybody who matches, page after page: whoever comes or goes meanwhile makes nobody appear twice or be left out. The next page is asked for when it is needed.
   *
   * @example
   * ```ts
   * for await (const user of client.users.all({ search: 'lovelace', sort: 'email', order: 'asc' })) {
   *   console.log(user.email)
   * }
   * ```
   */
  all(query?: UserQuery & NoFieldSelection, options?: CallOptions): AsyncGenerator<User, void, undefined>
  all(query: UserQuery & FieldSelection, options?: CallOptions): AsyncGenerator<SelectedUser, void, undefined>
  all(query?: UserQuery & Selection, options?: CallOptions): AsyncGenerator<User | SelectedUser, void, undefined> {
    return byCursor(query, (place) => this.#send('listUsers', { query: { ...query, ...place } }, options))
  }

  /**
   * Creates a user.
   *
   * @example
   * ```ts
   * const user = await client.users.create({ email: 'jane@example.com', password, firstName: 'Jane', lastName: 'Smith' })
   * ```
   */
  create(user: NewUser, options?: OnceOptions): Call<User> {
    return this.#send('createUser', { body: user }, options)
  }

  /**
   * Creates, updates, deletes and restores up to a thousand users. With `atomic` everything is done or nothing.
   *
   * @example
   * ```ts
   * const { data, meta } = await client.users.batch({
   *   atomic: false,
   *   operations: [{ op: 'update', id, body: { status: 'inactive' } }, { op: 'delete', id: otherId }],
   * })
   * console.log(`${meta.succeeded} done, ${meta.failed} refused`)
   * ```
   */
  batch(batch: BodyOf<'batchUsers'>, options?: OnceOptions): Call<ResultOf<'batchUsers'>> {
    return this.#send('batchUsers', { body: batch }, options)
  }

  /**
   * One user, or only the `fields` that are named. With `ifNoneMatch` it is null when what you have still holds.
   *
   * @example
   * ```ts
   * const user = await client.users.get(id)
   * const { number } = await client.users.get(id, { fields: ['number'] })
   * ```
   */
  get(id: string, query?: NoFieldSelection, options?: CallOptions): Call<UserWithProfile>
  get(id: string, query: FieldSelection, options?: CallOptions): Call<SelectedUser>
  get(id: string, query: NoFieldSelection | undefined, options: ReadOptions): Call<UserWithProfile | null>
  get(id: string, query: FieldSelection, options: ReadOptions): Call<SelectedUser | null>
  get(id: string, query?: Selection, options?: ReadOptions): Call<UserWithProfile | SelectedUser | null> {
    return this.#send('readUser', { path: { id }, ...(query && { query }) }, options)
  }

  /**
   * The caller; the same as `client.me.get`.
   *
   * @example
   * ```ts
   * const { email, permissions } = await client.users.me()
   * ```
   */
  me(query?: NoFieldSelection, options?: CallOptions): Call<Me>
  me(query: FieldSelection, options?: CallOptions): Call<SelectedUser>
  me(query: NoFieldSelection | undefined, options: ReadOptions): Call<Me | null>
  me(query: FieldSelection, options: ReadOptions): Call<SelectedUser | null>
  me(query?: Selection, options?: ReadOptions): Call<Me | SelectedUser | null> {
    return this.#send('readMe', { ...(query && { query }) }, options)
  }

  /**
   * Changes what is named: what is absent stays, `null` removes, `profile`, `preferences` and `attributes` merge deeply.
   *
   * @example
   * ```ts
   * const user = await client.users.update(id, { firstName: 'Jane', profile: { bio: null } })
   * ```
   */
  update(id: string, changes: UserChanges, options?: ChangeOptions): Call<User> {
    return this.#send('updateUser', { path: { id }, body: changes }, options)
  }

  /**
   * The same as `client.users.update`, as a JSON merge patch (RFC 7396).
   *
   * @example
   * ```ts
   * const user = await client.users.patch(id, { status: 'inactive' })
   * ```
   */
  patch(id: string, changes: UserChanges, options?: ChangeOptions): Call<User> {
    return this.#send('patchUser', { path: { id }, body: changes }, options)
  }

  /**
   * Deletes a user, who can be restored for a while.
   *
   * @example
   * ```ts
   * const { deletedAt } = await client.users.delete(id)
   * ```
   */
  delete(id: string, options?: ChangeOptions): Call<ResultOf<'deleteUser'>> {
    return this.#send('deleteUser', { path: { id } }, options)
  }

  /**
   * Brings a deleted user back. Sessions stay over.
   *
   * @example
   * ```ts
   * const user = await client.users.restore(id)
   * ```
   */
  restore(id: string, options?: OnceOptions): Call<User> {
    return this.#send('restoreUser', { path: { id } }, options)
  }

  /**
   * Everything that is kept of a user, in one document. It leaves an entry in their activity.
   *
   * @example
   * ```ts
   * const { user, sessions, activity } = await client.users.export(id)
   * ```
   */
  export(id: string, options?: CallOptions): Call<ResultOf<'exportUser'>> {
    return this.#send('exportUser', { path: { id } }, options)
  }

  /**
   * Takes away for good what is kept of a user. It cannot be taken back; asked again, it tells what was done since.
   *
   * @example
   * ```ts
   * const { erased, finishedAt } = await client.users.erase(id)
   * ```
   */
  erase(id: string, options?: OnceOptions & ChangeOptions): Call<ResultOf<'eraseUser'>> {
    return this.#send('eraseUser', { path: { id } }, options)
  }

  /**
   * Lets somebody sign in again who ran out of guesses.
   *
   * @example
   * ```ts
   * const { wasLocked } = await client.users.unlock(id)
   * ```
   */
  unlock(id: string, options?: OnceOptions): Call<ResultOf<'unlockUser'>> {
    return this.#send('unlockUser', { path: { id } }, options)
  }

  /**
   * Sets somebody's password and ends their sessions.
   *
   * @example
   * ```ts
   * await client.users.setPassword(id, { newPassword: password })
   * ```
   */
  setPassword(id: string, chosen: BodyOf<'setPassword'>, options?: OnceOptions): Call<Message> {
    return this.#send('setPassword', { path: { id }, body: chosen }, options)
  }

  /**
   * Mails somebody the link that proves their address.
   *
   * @example
   * ```ts
   * await client.users.sendVerification(id)
   * ```
   */
  sendVerification(id: string, options?: OnceOptions): Call<Message> {
    return this.#send('sendVerification', { path: { id } }, options)
  }

  /**
   * Invites somebody who is pending, or sends their invitation again.
   *
   * @example
   * ```ts
   * const { expiresAt } = await client.users.invite(id)
   * ```
   */
  invite(id: string, options?: OnceOptions): Call<Invitation> {
    return this.#send('inviteUser', { path: { id } }, options)
  }

  /**
   * A token with which an admin acts in somebody's stead for a quarter of an hour. This client goes on as itself.
   *
   * @example
   * ```ts
   * const { accessToken } = await client.users.impersonate(id)
   * const asThem = new SUDIGITALClient({ baseURL: 'http://localhost:3001', token: accessToken })
   * ```
   */
  impersonate(id: string, options?: CallOptions): Call<ResultOf<'impersonateUser'>> {
    return this.#send('impersonateUser', { path: { id } }, options)
  }
}

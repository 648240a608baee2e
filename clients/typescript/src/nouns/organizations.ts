import type { Call } from '../call.ts'
import type { CallOptions, ChangeOptions, OnceOptions, ReadOptions } from '../options.ts'
import { byPage } from '../paging.ts'
import type { Send } from '../transport.ts'
import type { BodyOf, Member, Organization, Page, QueryOf, ResultOf } from '../types.ts'

type Query = QueryOf<'listOrganizations'>
type MemberQuery = QueryOf<'listMembers'>

/** Who belongs together, and who administers them. */
export class Organizations {
  readonly #send: Send
  /** Who belongs to an organization. */
  readonly members: Members

  constructor(send: Send) {
    this.#send = send
    this.members = new Members(send)
  }

  /**
   * A page of organizations: all of them for admins of the directory, their own for everybody else.
   *
   * @example
   * ```ts
   * const { data, meta } = await client.organizations.list({ limit: 50 })
   * ```
   */
  list(query: Query = {}, options?: CallOptions): Call<Page<Organization>> {
    return this.#send('listOrganizations', { query }, options)
  }

  /**
   * All of them, page after page.
   *
   * @example
   * ```ts
   * for await (const { name, slug } of client.organizations.all()) console.log(name, slug)
   * ```
   */
  all(query?: Query, options?: CallOptions): AsyncGenerator<Organization, void, undefined> {
    return byPage(query, (place) => this.list({ ...query, ...place }, options))
  }

  /**
   * Makes an organization, to which nobody belongs yet.
   *
   * @example
   * ```ts
   * const { id, slug } = await client.organizations.create({ name: 'Acme' })
   * ```
   */
  create(organization: BodyOf<'createOrganization'>, options?: OnceOptions): Call<Organization> {
    return this.#send('createOrganization', { body: organization }, options)
  }

  /**
   * One organization. With `ifNoneMatch` it is null when what you have still holds.
   *
   * @example
   * ```ts
   * const { data: acme, etag } = await client.organizations.get(organizationId).withResponse()
   * ```
   */
  get(id: string, options?: CallOptions): Call<Organization>
  get(id: string, options: ReadOptions): Call<Organization | null>
  get(id: string, options?: ReadOptions): Call<Organization | null> {
    return this.#send('readOrganization', { path: { id } }, options)
  }

  /**
   * Changes what is named.
   *
   * @example
   * ```ts
   * await client.organizations.update(organizationId, { name: 'Acme & Sons' })
   * ```
   */
  update(id: string, changes: BodyOf<'updateOrganization'>, options?: ChangeOptions): Call<Organization> {
    return this.#send('updateOrganization', { path: { id }, body: changes }, options)
  }

  /**
   * Deletes an organization for good. Whoever belonged to it stays in the directory.
   *
   * @example
   * ```ts
   * await client.organizations.delete(organizationId)
   * ```
   */
  delete(id: string, options?: ChangeOptions): Call<ResultOf<'deleteOrganization'>> {
    return this.#send('deleteOrganization', { path: { id } }, options)
  }
}

/** Who belongs to an organization. */
export class Members {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  /**
   * A page of members.
   *
   * @example
   * ```ts
   * const { data } = await client.organizations.members.list(organizationId, { role: 'admin' })
   * ```
   */
  list(id: string, query: MemberQuery = {}, options?: CallOptions): Call<Page<Member>> {
    return this.#send('listMembers', { path: { id }, query }, options)
  }

  /**
   * All members, page after page.
   *
   * @example
   * ```ts
   * for await (const { email, role } of client.organizations.members.all(organizationId)) console.log(email, role)
   * ```
   */
  all(id: string, query?: MemberQuery, options?: CallOptions): AsyncGenerator<Member, void, undefined> {
    return byPage(query, (place) => this.list(id, { ...query, ...place }, options))
  }

  /**
   * Has somebody belong to it, in this role.
   *
   * @example
   * ```ts
   * const { since } = await client.organizations.members.set(organizationId, id, { role: 'member' })
   * ```
   */
  set(id: string, userId: string, membership: BodyOf<'putMember'>, options?: CallOptions): Call<Member> {
    return this.#send('putMember', { path: { id, userId }, body: membership }, options)
  }

  /**
   * Has somebody belong to it no more. Everybody may leave by themselves, but for the last admin.
   *
   * @example
   * ```ts
   * await client.organizations.members.remove(organizationId, id)
   * ```
   */
  remove(id: string, userId: string, options?: CallOptions): Call<ResultOf<'removeMember'>> {
    return this.#send('removeMember', { path: { id, userId } }, options)
  }
}

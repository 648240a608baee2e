import type {
  Answer,
  Call,
  Me,
  Page,
  SelectedUser,
  SUDIGITALClient,
  User,
  UserPageMeta,
  UserWithProfile,
} from '../src/index.ts'

/* What the compiler has to say of calls; `npm run types` reads it, nobody runs it. */

declare const client: SUDIGITALClient
declare const id: string
declare function is<Expected>(): <Actual>(
  actual: Actual & (Same<Expected, Actual> extends true ? unknown : never),
) => void
type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false

export async function whatComesBack() {
  is<Page<User, UserPageMeta>>()(await client.users.list({ search: 'john' }))
  is<Page<SelectedUser, UserPageMeta>>()(await client.users.list({ fields: ['email', 'profile.bio'] }))
  is<UserWithProfile>()(await client.users.get(id))
  is<UserWithProfile>()(await client.users.get(id, undefined, { signal: AbortSignal.timeout(1) }))
  is<UserWithProfile | null>()(await client.users.get(id, undefined, { ifNoneMatch: '"1"' }))
  is<SelectedUser>()(await client.users.get(id, { fields: ['number'] }))
  is<Call<Me>>()(client.users.me())
  is<Answer<User>>()(await client.users.update(id, { firstName: undefined, lastName: null }).withResponse())
  for await (const user of client.users.all({ role: 'admin', createdFrom: new Date() })) is<User>()(user)
  for await (const user of client.users.all({ fields: ['id'] })) is<SelectedUser>()(user)
}

export function whatIsRefused() {
  // @ts-expect-error: there is no such question
  client.users.list({ search: 'john', colour: 'red' })
  // @ts-expect-error: there is no such role
  client.users.list({ role: 'owner' })
  // @ts-expect-error: there is no such field
  client.users.get(id, { fields: ['passwordHash'] })
  // @ts-expect-error: users have passwords
  client.users.create({ email: 'jane@example.com', firstName: 'Jane', lastName: 'Smith' })
  // @ts-expect-error: lists are not changed
  client.users.list({}, { ifMatch: '"1"' })
  // @ts-expect-error: changes take no key
  client.users.update(id, {}, { idempotencyKey: 'a' })
  // @ts-expect-error: ids are texts
  client.users.get(7)
}

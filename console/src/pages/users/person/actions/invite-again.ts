import { client } from '../../../../client/client.ts'
import type { Subject } from '../subject.ts'

/** Sends the invitation that can still be accepted once more, or invites whoever has none. */
export async function inviteAgain({ id, email }: Subject): Promise<string> {
  const { data } = await client.invitations.list({ state: 'pending', ...(email === null ? {} : { email }) })
  const open = data.find(({ userId, organizationId }) => userId === id && organizationId === undefined)
  if (open === undefined) await client.users.invite(id)
  else await client.invitations.resend(open.id)
  return `An invitation is on its way to ${email}.`
}

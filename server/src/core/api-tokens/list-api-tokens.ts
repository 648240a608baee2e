import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { inPerson } from '../sessions/in-person.ts'
import { parseUserId } from '../users/names.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import type { ApiToken } from './api-token.ts'

export interface ApiTokenListValues extends PageValues {
  /** Whose; the caller's unless said. */
  userId: string
}

/** The API tokens of the caller, or anybody's for an admin, newest first. What they are good for is shown, and nothing that is good for anything. */
export async function listApiTokens(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  form: Form<ApiTokenListValues>,
): Promise<Outcome<Page<ApiToken>, 'not_in_person' | 'not_allowed' | 'invalid' | 'user_not_found'>> {
  const caller = inPerson(actor)
  if (caller === null) return refuse({ code: 'not_in_person' })
  const { values } = form
  const wanted = values.userId ?? caller.id
  if (wanted.toLowerCase() !== caller.id && !may(actor, 'tokens:manage'))
    return refuse({ code: 'not_allowed', needs: 'tokens:manage' })
  const reading = startReading(form.faults)
  const userId = reading.read('userId', wanted, parseUserId)
  const { page, limit } = readPage(values, reading, limits.apiTokensPageSizeDefault)
  if (reading.faults.length > 0 || userId === undefined) return invalid(reading.faults)
  if ((await core.directory.users.byId(userId)) === null) return refuse({ code: 'user_not_found', wanted })
  const { tokens, total } = await core.directory.apiTokens.page({ userId, offset: (page - 1) * limit, limit })
  return grant({ items: tokens, page, limit, total })
}

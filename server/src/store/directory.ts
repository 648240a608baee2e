import { limits } from '../core/limits.ts'
import type { Directory, Standing } from '../core/ports.ts'
import type { SessionId } from '../core/sessions/session.ts'
import type { User, UserId } from '../core/users/user.ts'
import { pageOfActivity } from './activity.ts'
import { activeAdmins } from './counts.ts'
import { credentialReads } from './credentials.ts'
import type { Engine } from './engines/engine.ts'
import { factReads } from './facts.ts'
import { linkReads } from './links.ts'
import { openLists } from './lists.ts'
import { sessionStands } from './sessions.ts'
import { userReads } from './users.ts'

/** A page this near to the start costs no more than a look-up. */
const shallowRowsMax = 1_000

/**
 * Reads of the directory, with a memory of records. A record is forgotten before the write that changed it is answered, and nothing is
 * remembered that began to be read before somebody was touched: so what the memory says is never older than an answered write.
 */
export function openDirectory(engine: Engine): Directory {
  const { byId: load, byClaim, wasHeldBefore } = userReads(engine.here)
  const memory = new Map<UserId, Remembered>()
  let touches = 0

  engine.onTouched((ids) => {
    touches += 1
    if (ids === 'everybody') memory.clear()
    else for (const id of ids) memory.delete(id)
  })

  function recall(id: UserId): Remembered | undefined {
    if (!engine.trustsMemory()) return undefined
    const remembered = memory.get(id)
    return remembered !== undefined && performance.now() < remembered.untilMs ? remembered : undefined
  }

  async function loadAndRemember(id: UserId): Promise<Remembered | null> {
    const before = touches
    const user = await load(id)
    if (user === null) return null
    const untilMs = performance.now() + engine.rememberMsMax
    const remembered = { user, untilMs, standing: new Map<SessionId, Standing>() }
    if (touches === before) {
      memory.delete(id)
      if (memory.size >= limits.cachedUsersMax) forgetOldest(memory)
      memory.set(id, remembered)
    }
    return remembered
  }

  async function lookUpStanding(userId: UserId, sessionId: SessionId): Promise<Standing | null> {
    const remembered = recall(userId) ?? (await loadAndRemember(userId))
    if (remembered === null) return null
    const sessionIsOpen = await sessionStands(engine.here, sessionId, userId)
    const standing = { user: remembered.user, sessionStands: sessionIsOpen }
    if (sessionIsOpen && remembered.standing.size < limits.sessionsPerUserMax) {
      remembered.standing.set(sessionId, standing)
    }
    return standing
  }

  return {
    users: {
      byId: (id) => recall(id)?.user ?? loadAndRemember(id).then((loaded) => loaded?.user ?? null),
      byClaim,
      wasHeldBefore,
      page: openLists(engine),
      following: (number, limit) => engine.aside('users-following', { number, limit }),
      activeAdmins: () => activeAdmins(engine.here),
    },
    credentials: credentialReads(engine.here),
    facts: factReads(engine.here),
    links: linkReads(engine.here),
    activity: {
      page: async (question) =>
        question.offset + question.limit <= shallowRowsMax
          ? pageOfActivity(engine.here, question)
          : engine.aside('page-of-activity', question),
    },
    standing: (userId, sessionId) => recall(userId)?.standing.get(sessionId) ?? lookUpStanding(userId, sessionId),
  }
}

interface Remembered {
  readonly user: User
  /** By the steady clock. */
  readonly untilMs: number
  /** The sessions that were seen to stand. */
  readonly standing: Map<SessionId, Standing>
}

function forgetOldest(memory: Map<UserId, Remembered>): void {
  for (const id of memory.keys()) {
    memory.delete(id)
    return
  }
}

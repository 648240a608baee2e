import { limits } from '../core/limits.ts'
import type { Core } from '../core/ports.ts'
import type { NoteUse } from '../http/authentication.ts'

/**
 * Notes when sessions and API tokens were used: each once a minute at most, and after the answer, so that no request waits for it. What is
 * remembered of a standing may be older than what this node noted since.
 */
export function openUses(core: Pick<Core, 'commit' | 'later'>): NoteUse {
  const noted = new Map<string, number>()
  return (standing, { means, origin }, nowMs) => {
    if (isRecent(standing.lastUsedAtMs, nowMs)) return
    const id = means.kind === 'api_token' ? means.tokenId : means.sessionId
    if (isRecent(noted.get(id) ?? null, nowMs)) return
    const [oldest] = noted.size >= limits.notedUsesMax ? noted.keys() : []
    if (oldest !== undefined) noted.delete(oldest)
    noted.set(id, nowMs)
    const note =
      means.kind === 'api_token'
        ? core.commit('note-api-token-use', { id: means.tokenId })
        : core.commit('note-session-use', { id: means.sessionId, origin })
    core.later(note)
  }
}

function isRecent(thenMs: number | null, nowMs: number): boolean {
  return thenMs !== null && nowMs - thenMs < limits.useNotedMsMin
}

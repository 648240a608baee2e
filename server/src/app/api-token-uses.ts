import type { ApiTokenId } from '../core/api-tokens/api-token.ts'
import { limits } from '../core/limits.ts'
import type { Core } from '../core/ports.ts'

/** Notes that an API token was used: once a minute at most, and after the answer, so that no request waits for it. */
export function openApiTokenUses({
  commit,
  later,
}: Pick<Core, 'commit' | 'later'>): (id: ApiTokenId, nowMs: number) => void {
  const noted = new Map<ApiTokenId, number>()
  return (id, nowMs) => {
    const lastMs = noted.get(id)
    if (lastMs !== undefined && nowMs - lastMs < limits.useNotedMsMin) return
    const [oldest] = noted.size >= limits.rememberedApiTokensMax ? noted.keys() : []
    if (oldest !== undefined) noted.delete(oldest)
    noted.set(id, nowMs)
    later(commit('note-api-token-use', { id }))
  }
}

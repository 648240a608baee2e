import { isId } from '../../client/ids.ts'

/** What the address of the page of API tokens says. */
export interface TokensSearch {
  /** Whose, by id; one's own unless said. */
  readonly user?: string
  /** The dialog that makes one is open. */
  readonly new?: true
}

/** Takes from an address what makes sense, and leaves the rest. */
export function readTokensSearch(given: Record<string, unknown>): TokensSearch {
  return { ...(isId(given.user) ? { user: given.user } : {}), ...(given.new === true ? { new: true } : {}) }
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { queries } from '../../../client/queries.ts'
import { useMe } from '../../../session/session.tsx'
import { readUsersSearch, type UsersSearch } from './search.ts'
import { listKey, peopleQuery } from './use-people.ts'
import { type SearchChange, useUsersSearch } from './use-users-search.ts'

/** After so long without an answer it is shown that there will be another one. */
const slowMs = 300
/** So long after the last rows that typing found, the address is told. */
const restMs = 120

/** Words whose rows are shown while the address still says what it said. */
interface Ahead {
  readonly address: string
  readonly words: string | undefined
}

/**
 * What the list is asked for, how to ask for something else, and how to ask for what was typed: its rows are fetched before anything is drawn, so that
 * a key costs one drawing of the list, and the address says it a moment later, because that takes as long as the rows do.
 */
export function useTypedSearch(more: Parameters<typeof peopleQuery>[2]) {
  const { search: said, change: say } = useUsersSearch()
  const { timezone } = useMe().preferences
  const [ahead, setAhead] = useState<Ahead | null>(null)
  const address = JSON.stringify(said)
  if (ahead !== null && ahead.address !== address) setAhead(null)
  const wanted = JSON.stringify(ahead?.address === address ? withWords(said, ahead.words) : said)
  const search = useMemo((): UsersSearch => JSON.parse(wanted), [wanted])

  const shown = useRef({ search, address })
  shown.current = { search, address }
  const typed = useRef<{ readonly words: string | undefined } | null>(null)
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  const change = useCallback(
    (changes: SearchChange) => {
      clearTimeout(rest.current)
      say(typed.current === null ? changes : { search: typed.current.words, ...changes })
      typed.current = null
    },
    [say],
  )
  const sayTyped = useCallback(() => {
    clearTimeout(rest.current)
    const latest = typed.current
    typed.current = null
    if (latest !== null) say({ search: latest.words }, { isTyped: true })
  }, [say])
  const searchFor = useCallback(
    async (words: string | undefined) => {
      clearTimeout(rest.current)
      const latest = { words }
      typed.current = latest
      void queries.cancelQueries({ queryKey: listKey, fetchStatus: 'fetching' })
      const rows = queries.prefetchInfiniteQuery(peopleQuery(withWords(shown.current.search, words), timezone, more))
      await Promise.race([rows, new Promise((resolve) => setTimeout(resolve, slowMs))])
      if (typed.current !== latest) return
      setAhead({ address: shown.current.address, words })
      rest.current = setTimeout(sayTyped, restMs)
    },
    [timezone, more, sayTyped],
  )
  useEffect(
    () => () => {
      typed.current = null
      clearTimeout(rest.current)
    },
    [],
  )
  return { search, change, searchFor, sayTyped }
}

function withWords(search: UsersSearch, words: string | undefined): UsersSearch {
  return readUsersSearch({ ...search, search: words })
}

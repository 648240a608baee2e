import { skipToken, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { queries } from '../client/queries.ts'

/** Kept for as long as somebody is signed in: signing out forgets all that was asked, and this with it. */
queries.setQueryDefaults(['draft'], { gcTime: Infinity, staleTime: Infinity, structuralSharing: false })

/** What somebody has typed and not sent, which is there again when they come back to the page. It is kept in memory only. */
export function useDraft<Draft>(name: string, empty: Draft): [Draft, (change: Partial<Draft>) => void, () => void] {
  const { data } = useQuery<Draft>({ queryKey: ['draft', name], queryFn: skipToken })
  const change = useCallback((change: Partial<Draft>) => changeDraft(name, empty, change), [name, empty])
  const forget = useCallback(() => queries.setQueryData<Draft>(['draft', name], empty), [name, empty])
  return [data ?? empty, change, forget]
}

function changeDraft<Draft>(name: string, empty: Draft, change: Partial<Draft>): void {
  queries.setQueryData<Draft>(['draft', name], (draft) => ({ ...(draft ?? empty), ...change }))
}

/** Has the browser ask before it closes the page or leaves the console, while something would be lost. */
export function useWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isNeeded])
}

import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { queries } from '../client/queries.ts'
import { isAsked } from '../session/begin-anew.ts'

/** Kept for as long as somebody is signed in: signing out forgets all that was asked, and this with it. */
queries.setQueryDefaults(['draft'], { gcTime: Infinity, staleTime: Infinity, structuralSharing: false })

/**
 * What somebody has typed and not sent, which is there again when they come back to the page. It is kept in memory only.
 * It is told at once, not when queries tell theirs: a field that is shown its text later loses the place where somebody types.
 */
export function useDraft<Draft>(name: string, empty: Draft): [Draft, (change: Partial<Draft>) => void, () => void] {
  const draft = useSyncExternalStore(onChange, () => draftOf(name, empty))
  const change = useCallback((change: Partial<Draft>) => changeDraft(name, empty, change), [name, empty])
  const forget = useCallback(() => changeDraft(name, empty, empty), [name, empty])
  return [draft, change, forget]
}

/** A draft as it is by now. */
export function draftOf<Draft>(name: string, empty: Draft): Draft {
  return queries.getQueryData<Draft>(['draft', name]) ?? empty
}

export function changeDraft<Draft>(name: string, empty: Draft, change: Partial<Draft>): void {
  queries.setQueryData<Draft>(['draft', name], (draft) => ({ ...(draft ?? empty), ...change }))
}

function onChange(listener: () => void): () => void {
  return queries.getQueryCache().subscribe(listener)
}

/** Has the browser ask before it closes the page or leaves the console, while something would be lost. */
export function useWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return
    const warn = (event: BeforeUnloadEvent) => {
      if (isAsked()) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isNeeded])
}

import { useIsMutating } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { queries } from '../client/queries.ts'
import { changeDraft, draftOf, useDraft } from '../ui/draft.ts'
import type { Version } from './save-merging.ts'
import { isChanged, type Typed } from './typed.ts'

interface FormOptions {
  readonly stored: Version
  readonly keptAs?: string | undefined
}

const untouched: { readonly typed: Typed | null } = { typed: null }

/** What stands in a form: what was typed, or what is stored as long as nothing is. */
export function useForm({ stored, keptAs }: FormOptions) {
  const own = useId()
  const name = `editing ${keptAs ?? own}`
  const [draft] = useDraft(name, untouched)
  const [begun, setBegun] = useState(0)
  const saveKey = ['save', name]
  const isSaving = useIsMutating({ mutationKey: saveKey }) > 0
  const shownOf = ({ typed }: typeof draft): Typed =>
    typed !== null && (isSaving || isChanged(typed))
      ? typed
      : { base: stored, values: stored.values, fault: null, edition: `${stored.etag} ${begun}` }
  useEffect(() => {
    if (keptAs === undefined) return () => queries.removeQueries({ queryKey: ['draft', name] })
  }, [keptAs, name])
  return {
    shown: shownOf(draft),
    saveKey,
    isSaving,
    type: (change: (typed: Typed) => Partial<Typed>) => {
      const typed = shownOf(draftOf(name, untouched))
      changeDraft(name, untouched, { typed: { ...typed, ...change(typed) } })
    },
    /** Goes on from what was typed up to now, wherever whoever typed it is by now; null is nothing. */
    goOn: (since: (typed: Typed) => Typed | null) => {
      const { typed } = draftOf(name, untouched)
      changeDraft(name, untouched, { typed: typed && since(typed) })
    },
    /** Shows what is stored. */
    begin: () => {
      setBegun((times) => times + 1)
      changeDraft(name, untouched, untouched)
    },
  }
}

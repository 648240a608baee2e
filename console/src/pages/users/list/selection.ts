import { useCallback, useMemo, useRef, useState } from 'react'
import type { Person } from './question.ts'

/** Who was picked: people one by one, or everybody who matches but some. */
export type Selection =
  | { readonly kind: 'some'; readonly people: ReadonlyMap<string, Person> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> }

const nobody: Selection = { kind: 'some', people: new Map() }

/** Picks people. Whoever is signed in is never among them, so that nobody changes their own account by the way. */
export function useSelection(people: readonly Person[], ownId: string) {
  const [selection, setSelection] = useState<Selection>(nobody)
  const last = useRef<string | null>(null)
  const shown = useRef(people)
  shown.current = people

  const isPicked = useCallback(
    (id: string) => id !== ownId && (selection.kind === 'all' ? !selection.except.has(id) : selection.people.has(id)),
    [selection, ownId],
  )
  const pick = useCallback(
    (some: readonly Person[], isWanted: boolean) => {
      const others = some.filter(({ id }) => id !== ownId)
      setSelection((now) =>
        now.kind === 'all' ? withExcept(now.except, others, isWanted) : withSome(now.people, others, isWanted),
      )
    },
    [ownId],
  )
  /** With `isRange` everybody between them and whoever was picked last. */
  const toggle = useCallback(
    (person: Person, isWanted: boolean, isRange: boolean) => {
      const from = isRange ? shown.current.findIndex(({ id }) => id === last.current) : -1
      const to = shown.current.findIndex(({ id }) => id === person.id)
      pick(from < 0 ? [person] : shown.current.slice(Math.min(from, to), Math.max(from, to) + 1), isWanted)
      last.current = person.id
    },
    [pick],
  )
  return useMemo(
    () => ({
      selection,
      isAny: selection.kind === 'all' || selection.people.size > 0,
      isPicked,
      pick,
      toggle,
      pickAll: () => setSelection({ kind: 'all', except: new Set() }),
      clear: () => setSelection(nobody),
    }),
    [selection, isPicked, pick, toggle],
  )
}

export type Picking = ReturnType<typeof useSelection>

function withSome(picked: ReadonlyMap<string, Person>, others: readonly Person[], isWanted: boolean): Selection {
  const people = new Map(picked)
  for (const person of others) {
    if (isWanted) people.set(person.id, person)
    else people.delete(person.id)
  }
  return { kind: 'some', people }
}

function withExcept(excepted: ReadonlySet<string>, others: readonly Person[], isWanted: boolean): Selection {
  const except = new Set(excepted)
  for (const { id } of others) {
    if (isWanted) except.delete(id)
    else except.add(id)
  }
  return { kind: 'all', except }
}

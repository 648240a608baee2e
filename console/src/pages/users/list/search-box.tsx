import { CloseButton, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { noteSearch, patience } from './patience.ts'

const charactersMax = 100

export interface SearchBoxProps {
  readonly value: string
  readonly onSearch: (words: string | undefined) => void
  /** Something is pressed: whoever does so may be on their way to elsewhere, and what was typed belongs to where they come from. */
  readonly onPress: () => void
}

/** Searches while somebody types. */
export const SearchBox = memo(function SearchBox({ value, onSearch, onPress }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  const onTheWay = useRef(new Set<string>())
  const input = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => input.current?.focus()]])

  // Another address, by going back or by a link, is what is searched for; what was typed a moment ago is not another one.
  useEffect(() => {
    if (value === sent.current) onTheWay.current.clear()
    else if (!onTheWay.current.has(value)) {
      sent.current = value
      setTyped(value)
    }
  }, [value])

  useEffect(() => {
    const words = typed.trim()
    if (words === sent.current) return
    const search = () => {
      sent.current = words
      onTheWay.current.add(words)
      noteSearch()
      onSearch(words === '' ? undefined : words)
    }
    const wait = patience()
    if (wait === 0) return search()
    const timer = setTimeout(search, wait)
    const stop = onPressing(() => {
      clearTimeout(timer)
      search()
      onPress()
      stop()
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [typed, onSearch, onPress])
  useEffect(() => onPressing(onPress), [onPress])

  return (
    <TextInput
      ref={input}
      type="search"
      aria-label="Search"
      placeholder="Search names and addresses"
      leftSection={<Search size={16} aria-hidden />}
      maxLength={charactersMax}
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      rightSection={
        typed !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setTyped('')} />
      }
    />
  )
})

/** Calls at the press of a pointer, Enter or, outside of fields, Space. Answers how to stop it. */
function onPressing(call: () => void): () => void {
  const press = (event: Event) => {
    const isTyping = event.target instanceof HTMLInputElement
    if (!(event instanceof KeyboardEvent) || event.key === 'Enter' || (event.key === ' ' && !isTyping)) call()
  }
  for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, press, true)
  return () => {
    for (const type of ['pointerdown', 'keydown']) document.removeEventListener(type, press, true)
  }
}

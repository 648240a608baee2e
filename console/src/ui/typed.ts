import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'

const pauseMs = 150

/** What is typed into a field whose text is kept elsewhere, such as in the address: that is told when typing pauses, without the blanks around it, and what it says otherwise is shown. */
export function useTyped(kept: string, keep: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(kept)
  const told = useRef(kept)
  const tell = useDebouncedCallback((text: string) => {
    told.current = text.trim()
    keep(told.current)
  }, pauseMs)
  useEffect(() => {
    if (kept === told.current) return
    told.current = kept
    setTyped(kept)
  }, [kept])
  return [
    typed,
    (text) => {
      setTyped(text)
      tell(text)
    },
  ]
}

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'

/** How hard a password is to guess. */
export interface Strength {
  /** From 0, which falls at once, to 4. */
  readonly score: 0 | 1 | 2 | 3 | 4
  /** What makes it weak, or would make it stronger. */
  readonly says: string | null
}

export interface Asked {
  readonly id: number
  readonly password: string
  readonly words: readonly string[]
}

export interface Told {
  readonly id: number
  readonly strength: Strength
}

/** As much of a password as is looked at: what it takes grows faster than the length. */
const lengthMax = 100
const debounceMs = 150

let worker: Worker | null = null
let count = 0

/** Fetches what it takes to estimate, if that is not there yet. */
export function prepareStrength(): void {
  worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
}

/** The strength of what was typed last, once the typing pauses; null as long as it is not known. `words` are as good as typed in clear: names, the address. */
export function useStrength(password: string, words: readonly string[]): Strength | null {
  const [seen] = useDebouncedValue(password, debounceMs)
  const [known, setKnown] = useState<{ readonly password: string; readonly strength: Strength } | null>(null)
  const joined = words.join('\n')
  useEffect(() => {
    if (seen === '') return
    prepareStrength()
    count += 1
    const id = count
    const asked: Asked = { id, password: seen.slice(0, lengthMax), words: joined.split('\n') }
    const hear = ({ data }: MessageEvent<Told>) => {
      if (data.id === id) setKnown({ password: seen, strength: data.strength })
    }
    worker?.addEventListener('message', hear)
    worker?.postMessage(asked)
    return () => worker?.removeEventListener('message', hear)
  }, [seen, joined])
  return known !== null && password !== '' ? known.strength : null
}

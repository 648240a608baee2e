import { useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'

const places = new Map<string, number>()

/** How far a list was scrolled. */
export interface Place {
  readonly keep: (offset: number) => void
  readonly kept: () => number
}

/** The place in what was asked for at this step of the way, so that whoever goes back is where they were. */
export function usePlace(asked: string): Place {
  const router = useRouter()
  return useMemo(() => {
    const here = () => `${router.state.location.state.__TSR_key} ${asked}`
    return {
      keep: (offset) => void places.set(here(), offset),
      kept: () => places.get(here()) ?? 0,
    }
  }, [router, asked])
}

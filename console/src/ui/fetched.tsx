import { Button, Center } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { type ReactNode, Suspense } from 'react'
import { loadAnew } from '../session/load-anew.ts'
import { Failed, Refused } from './states.tsx'

interface FetchedProps {
  readonly children: ReactNode
  /** What is drawn while it comes. */
  readonly coming: ReactNode
}

/** Later, whoever asked for it may have typed something else. */
const atOnce = { maxRetries: 0 }

/** A part of a page that is fetched when it is needed. Where it cannot be, or meets a fault, the rest of the page keeps what is typed in it. */
export function Fetched({ children, coming }: FetchedProps) {
  return (
    <CatchBoundary getResetKey={() => null} errorComponent={Missing}>
      <Suspense fallback={coming}>{children}</Suspense>
    </CatchBoundary>
  )
}

function Missing({ error }: ErrorComponentProps) {
  const anew = useMutation({ mutationFn: () => loadAnew(atOnce) })
  return (
    <>
      <Failed error={error} />
      <Refused error={anew.error} />
      <Center mt="sm">
        <Button variant="default" onClick={() => anew.mutate()} loading={anew.isPending}>
          Load the page anew
        </Button>
      </Center>
    </>
  )
}

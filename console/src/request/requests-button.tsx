import { ActionIcon, Button, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useRouterState } from '@tanstack/react-router'
import { Terminal } from 'lucide-react'
import { lazy } from 'react'
import { Fetched } from '../ui/fetched.tsx'
import { Loading } from '../ui/states.tsx'

const Requests = lazy(() => import('./requests.tsx').then(({ Requests }) => ({ default: Requests })))

/** “As a request”: opens what the page has asked of the server, as curl, TypeScript and Python. */
export function RequestsButton() {
  const [isOpen, { open, close }] = useDisclosure()
  const page = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <>
      <Button variant="default" leftSection={<Terminal size={16} aria-hidden />} onClick={open} visibleFrom="xs">
        As a request
      </Button>
      <ActionIcon variant="default" size="lg" aria-label="As a request" onClick={open} hiddenFrom="xs">
        <Terminal size={18} aria-hidden />
      </ActionIcon>
      <Drawer opened={isOpen} onClose={close} position="right" size="lg" title="As a request">
        <Fetched coming={<Loading />}>
          <Requests page={page} />
        </Fetched>
      </Drawer>
    </>
  )
}

import {
  ActionIcon,
  AppShell,
  Burger,
  Center,
  Group,
  Loader,
  Menu,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CircleUser, LogOut, Moon, Sun } from 'lucide-react'
import { useEffect } from 'react'
import { RequestsButton } from '../request/requests-button.tsx'
import { forgetEverything } from '../session/forget.ts'
import { FormatsProvider } from '../session/formats.ts'
import { isOtherTheme } from '../session/preferred-theme.ts'
import { MeProvider, meQuery, nameOf, useMe } from '../session/session.tsx'
import { SessionEnded } from '../session/session-ended.tsx'
import { signOut } from '../session/sign-out.ts'
import { Picture } from '../ui/person.tsx'
import { tellFailed } from '../ui/told.ts'
import { isAnythingUnsaved, LeaveDialog } from '../ui/unsaved.tsx'
import { Allowed } from './allowed.tsx'
import { ConnectionLost } from './connection-lost.tsx'
import { Mark } from './mark.tsx'
import { Navigation } from './navigation.tsx'
import { NotIn } from './not-in.tsx'

/** What is around every page of whoever is signed in. A session that ends closes the frame with a dialog, and leaves what is in it as it is. */
export function Frame() {
  const me = useQuery(meQuery)
  if (me.data === undefined) {
    if (me.isError) return <NotIn error={me.error} retry={() => void me.refetch()} />
    return (
      <Center mih="100dvh">
        <Loader aria-label="Loading" />
      </Center>
    )
  }
  return (
    <MeProvider value={me.data}>
      <FormatsProvider value={me.data.preferences}>
        <Around />
        <SessionEnded me={me.data} />
      </FormatsProvider>
    </MeProvider>
  )
}

function Around() {
  const [isOpen, { toggle, close }] = useDisclosure()
  usePreferredTheme()
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', lg: 'xl' }}
    >
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? 'Close the navigation' : 'Open the navigation'}
            />
            <Link to="/console" className="quiet-link" aria-label="Roster, to the first page">
              <Mark />
            </Link>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <RequestsButton />
            <ThemeButton />
            <OwnMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Console" className="navigation" data-open={isOpen || undefined}>
        <Navigation onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="page">
        <ConnectionLost />
        <Allowed />
      </AppShell.Main>
    </AppShell>
  )
}

function ThemeButton() {
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={isDark ? 'Light colours' : 'Dark colours'}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}
    </ActionIcon>
  )
}

/** The theme that somebody prefers is theirs in every browser; what they pick here holds for this one until they prefer another, or sign in again. */
function usePreferredTheme() {
  const { theme } = useMe().preferences
  const { setColorScheme } = useMantineColorScheme()
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a changed preference sets it
  useEffect(() => {
    if (isOtherTheme(theme)) setColorScheme(theme)
  }, [theme])
}

function OwnMenu() {
  const me = useMe()
  const navigate = useNavigate()
  const [isAsking, { open: ask, close: stay }] = useDisclosure()
  // The session ends first, so nothing may hold the page back afterwards: whatever is unsaved on it is asked about before.
  const leave = () => {
    stay()
    signOut(async () => {
      await navigate({ to: '/console/sign-in', replace: true, ignoreBlocker: true })
      forgetEverything()
    }).catch(tellFailed)
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>Account of {nameOf(me)}</VisuallyHidden>
          <Picture person={me} size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item
          leftSection={<CircleUser size={16} aria-hidden />}
          onClick={() => void navigate({ to: '/console/account' })}
        >
          Your account
        </Menu.Item>
        <Menu.Item
          leftSection={<LogOut size={16} aria-hidden />}
          onClick={() => (isAnythingUnsaved() ? ask() : leave())}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
      <LeaveDialog isOpen={isAsking} onLeave={leave} onStay={stay} />
    </Menu>
  )
}

import { Button, Menu, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import {
  ChevronDown,
  Eraser,
  KeyRound,
  LockOpen,
  type LucideIcon,
  Mail,
  MailCheck,
  Power,
  Send,
  Trash2,
  UserRoundCog,
  VenetianMask,
} from 'lucide-react'
import { client } from '../../../../client/client.ts'
import { queries } from '../../../../client/queries.ts'
import { useMay } from '../../../../session/session.tsx'
import { tellDone, tellFailed } from '../../../../ui/told.ts'
import { useDialog } from '../dialogs.ts'
import { hindrancesOf, useRights } from '../rights.ts'
import { useSubject } from '../subject.ts'
import { inviteAgain } from './invite-again.ts'

/** What an administrator can do with a user. What cannot be done to them as they are says why. */
export function Actions() {
  const { user } = useSubject()
  const { isSelf } = useRights()
  const { show } = useDialog()
  const may = useMay()
  const hindrances = hindrancesOf(user, isSelf)
  const act = useMutation({
    mutationFn: (work: () => Promise<string>) => work(),
    onSuccess: tellDone,
    onError: tellFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: ['user', user.id] }),
  })
  return (
    <Menu position="bottom-end" width={290} returnFocus>
      <Menu.Target>
        <Button variant="default" rightSection={<ChevronDown size={16} aria-hidden />} loading={act.isPending}>
          Actions
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Account</Menu.Label>
        {may('users:roles') && <Action icon={UserRoundCog} label="Change the role" onAct={() => show('role')} />}
        <Action
          icon={Power}
          label={user.status === 'active' ? 'Deactivate' : 'Activate'}
          onAct={() => show('status')}
        />
        <Menu.Divider />
        <Menu.Label>Getting in</Menu.Label>
        <Action
          icon={MailCheck}
          label="Send a verification"
          hindrance={hindrances.verification}
          onAct={() => act.mutate(() => sendVerification(user.id, user.email))}
        />
        <Action
          icon={Send}
          label="Invite again"
          hindrance={hindrances.invitation}
          onAct={() => act.mutate(() => inviteAgain(user))}
        />
        <Action
          icon={Mail}
          label="Mail a link to choose a password"
          hindrance={hindrances.passwordLink}
          onAct={() => act.mutate(() => mailPasswordLink(user.email))}
        />
        <Action icon={KeyRound} label="Set a password" hindrance={hindrances.password} onAct={() => show('password')} />
        <Action icon={LockOpen} label="Unlock" onAct={() => act.mutate(() => unlock(user.id))} />
        {may('users:impersonate') && (
          <Action
            icon={VenetianMask}
            label="Act in their stead"
            hindrance={hindrances.impersonation}
            onAct={() => show('impersonate')}
          />
        )}
        <Menu.Divider />
        {may('users:delete') && <Action icon={Trash2} label="Delete" isGrave onAct={() => show('delete')} />}
        <Action
          icon={Eraser}
          label="Erase for good"
          isGrave
          hindrance={hindrances.erasure}
          onAct={() => show('erase')}
        />
      </Menu.Dropdown>
    </Menu>
  )
}

interface ActionProps {
  readonly icon: LucideIcon
  readonly label: string
  readonly hindrance?: string | null
  readonly isGrave?: boolean
  readonly onAct: () => void
}

/** It can be reached by keyboard even where it cannot be done, so that everybody learns why. */
function Action({ icon: Icon, label, hindrance = null, isGrave = false, onAct }: ActionProps) {
  const isOpen = hindrance === null
  return (
    <Menu.Item
      leftSection={<Icon size={16} aria-hidden />}
      aria-disabled={!isOpen}
      closeMenuOnClick={isOpen}
      {...(isGrave ? { color: 'var(--mantine-color-error)' } : {})}
      onClick={() => isOpen && onAct()}
    >
      <Text span size="sm" {...(isOpen ? {} : { c: 'dimmed' })}>
        {label}
      </Text>
      {!isOpen && (
        <Text size="xs" c="dimmed">
          {hindrance}.
        </Text>
      )}
    </Menu.Item>
  )
}

async function sendVerification(id: string, email: string | null): Promise<string> {
  await client.users.sendVerification(id)
  return `A link is on its way to ${email}.`
}

async function unlock(id: string): Promise<string> {
  const { wasLocked } = await client.users.unlock(id)
  return wasLocked ? 'Unlocked: they can sign in again.' : 'The account was not locked.'
}

/** The link that they would get by saying that they forgot their password. */
async function mailPasswordLink(email: string | null): Promise<string> {
  if (email === null) throw new Error('there is no address to write to')
  await client.auth.forgotPassword({ email })
  return `A link is on its way to ${email}.`
}

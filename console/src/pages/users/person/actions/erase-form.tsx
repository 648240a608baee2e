import { List, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { client } from '../../../../client/client.ts'
import { Closing } from './choice.tsx'
import type { DialogProps } from './open-dialog.tsx'
import { useAct } from './use-act.ts'

interface EraseFormProps extends DialogProps {
  readonly id: string
  readonly name: string
  /** What has to be typed, so that nobody is erased by mistake. */
  readonly phrase: string
}

/** Says what is lost and what stays, and erases somebody once who they are was typed. */
export function EraseForm({ id, name, phrase, close }: EraseFormProps) {
  const [typed, setTyped] = useState('')
  const erase = useAct(
    id,
    async () => {
      await client.users.erase(id)
      return `What was kept of ${name} is erased.`
    },
    close,
  )
  const isSame = typed.trim().toLowerCase() === phrase.toLowerCase()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isSame) erase.mutate()
      }}
    >
      <Stack>
        <Text>This cannot be taken back, not even by a restored backup.</Text>
        <div>
          <Text size="sm" fw={600}>
            Lost for good
          </Text>
          <List size="sm" spacing={2}>
            <List.Item>names, address, profile, attributes, preferences and picture</List.Item>
            <List.Item>password, second factors, sessions, API tokens, links and invitations</List.Item>
            <List.Item>memberships in organizations, and mail that was sent to them</List.Item>
          </List>
        </div>
        <div>
          <Text size="sm" fw={600}>
            What stays
          </Text>
          <List size="sm" spacing={2}>
            <List.Item>an id and a number that lead to nobody, and when the account was made</List.Item>
            <List.Item>what happened, under that id, without addresses or devices of theirs</List.Item>
            <List.Item>a receipt that says what was erased, and when</List.Item>
          </List>
        </div>
        <TextInput
          label={`Type ${phrase} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        <Closing
          error={erase.error}
          isPending={erase.isPending}
          isDisabled={!isSame}
          isGrave
          label="Erase for good"
          close={close}
        />
      </Stack>
    </form>
  )
}

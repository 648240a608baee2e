import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ApiToken } from '@sudigital/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from '../../client/client.ts'
import { Refused } from '../../ui/states.tsx'
import { tellDone } from '../../ui/told.ts'

/** Asks before a program is shut out. */
export function RevokeToken({ token, onClose }: { readonly token: ApiToken | null; readonly onClose: () => void }) {
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: ({ id }: ApiToken) => client.tokens.revoke(id),
    onSuccess: async (_, { name }) => {
      tellDone(`${name} is revoked`)
      close()
      await queries.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
  const close = () => {
    revoke.reset()
    onClose()
  }
  return (
    <Modal opened={token !== null} onClose={close} title={token === null ? '' : `Revoke ${token.name}?`} centered>
      <Stack>
        <Text>
          Whatever calls with it is refused from the next request on. This cannot be undone; a program that still needs
          to call needs another token.
        </Text>
        <Refused error={revoke.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Keep it
          </Button>
          <Button color="red.9" loading={revoke.isPending} onClick={() => token !== null && revoke.mutate(token)}>
            Revoke
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

import { Text } from '@mantine/core'
import type { ApiToken } from '@sudigital/client'
import { client } from '../../client/client.ts'
import { queries } from '../../client/queries.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { tellDone } from '../../ui/told.ts'

/** Asks before a program is shut out. */
export function RevokeToken({ token, onClose }: { readonly token: ApiToken; readonly onClose: () => void }) {
  const revoke = async () => {
    await client.tokens.revoke(token.id)
    tellDone(`${token.name} is revoked`)
    void queries.invalidateQueries({ queryKey: ['tokens'] })
  }
  return (
    <Confirm title={`Revoke ${token.name}?`} action="Revoke" onConfirm={revoke} onClose={onClose}>
      <Text>
        Whatever calls with it is refused from the next request on. This cannot be undone; a program that still needs to
        call needs another token.
      </Text>
    </Confirm>
  )
}

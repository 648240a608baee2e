import { Button } from '@mantine/core'
import type { Mail } from '@sudigital/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from '../../client/client.ts'
import { tellDone, tellFailed } from '../../ui/told.ts'

/** Has a mail that was given up tried again. */
export function Retry({ mail, size = 'compact-sm' }: { readonly mail: Mail; readonly size?: string }) {
  const queries = useQueryClient()
  const retry = useMutation({
    mutationFn: () => client.mail.retry(mail.id),
    onSuccess: () => tellDone(`It is tried again: ${mail.subject}`),
    onError: tellFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: ['mail'] }),
  })
  if (mail.failure === 'link_over') return null
  return (
    <Button
      variant="default"
      size={size}
      loading={retry.isPending}
      onClick={() => retry.mutate()}
      aria-label={`Try again: ${mail.subject} to ${mail.to}`}
    >
      Try again
    </Button>
  )
}

import { Alert } from '@mantine/core'
import { useNetwork } from '@mantine/hooks'
import { WifiOff } from 'lucide-react'

/** Says so while the browser knows that it has no network. */
export function ConnectionLost() {
  const { online } = useNetwork()
  if (online) return null
  return (
    <Alert mb="md" color="orange" role="status" icon={<WifiOff aria-hidden />} title="You are offline">
      What you see may have changed meanwhile. What you type stays here; save it when the connection is back.
    </Alert>
  )
}

import { Button, Stack, Text, TextInput } from '@mantine/core'
import type { HalfSignIn } from '@sudigital/client'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { client } from '../client/client.ts'
import { Refused } from '../ui/states.tsx'
import { takeFocus } from '../ui/take-focus.ts'
import { hasPasskeys, signInByPasskey } from './passkey.ts'
import { explainSignIn, isChallengeOver } from './sign-in-words.ts'

type Challenge = HalfSignIn['challenge']
type Way = Challenge['factors'][number]

const codeDigits = 6

const says: Readonly<Record<Way, string>> = {
  totp: 'Your password is right. Type the code that your authenticator app shows now.',
  recovery_code: 'Your password is right. Type one of the recovery codes that you have kept; each works once.',
  passkey: 'Your password is right. Now use your passkey: your browser asks for it.',
}

const others: Readonly<Record<Way, string>> = {
  totp: 'Use the code of an app',
  recovery_code: 'Use a recovery code',
  passkey: 'Use a passkey',
}

interface SecondStepProps {
  readonly challenge: Challenge
  readonly onSignedIn: () => void
  /** Is told why it has to be begun anew; null for whoever wants it so. */
  readonly onOver: (why: unknown) => void
}

/** Asks for the second factor, by whichever way somebody has. */
export function SecondStep({ challenge, onSignedIn, onOver }: SecondStepProps) {
  const ways = challenge.factors.filter((way) => way !== 'passkey' || hasPasskeys)
  const [way, setWay] = useState<Way>(ways[0] ?? 'recovery_code')
  const proof = useMutation({
    mutationFn: async (code: string | null) => {
      if (code === null) await signInByPasskey(challenge.id)
      else await client.auth.loginWithCode({ challengeId: challenge.id, code })
    },
    onSuccess: onSignedIn,
    onError: (error) => {
      if (isChallengeOver(error)) onOver(error)
    },
  })
  const change = (other: Way) => {
    proof.reset()
    setWay(other)
  }
  return (
    <Stack gap="md">
      <Text role="status">{says[way]}</Text>
      <Refused error={proof.error} words={explainSignIn} />
      {way === 'passkey' ? (
        <Button ref={takeFocus} loading={proof.isPending} onClick={() => proof.mutate(null)}>
          Use the passkey
        </Button>
      ) : (
        <CodeForm key={way} way={way} isPending={proof.isPending} refused={proof.error} onCode={proof.mutate} />
      )}
      <Stack gap={4}>
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <Button key={other} variant="subtle" onClick={() => change(other)}>
              {others[other]}
            </Button>
          ))}
        <Button variant="subtle" color="gray" onClick={() => onOver(null)}>
          Back to the password
        </Button>
      </Stack>
    </Stack>
  )
}

interface CodeFormProps {
  readonly way: 'totp' | 'recovery_code'
  readonly isPending: boolean
  /** A code that was refused is selected, so that typing replaces it. */
  readonly refused: unknown
  readonly onCode: (code: string) => void
}

/** The six digits of an app are sent as soon as they are there. */
function CodeForm({ way, isPending, refused, onCode }: CodeFormProps) {
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: again after each refusal
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [refused])
  const isApp = way === 'totp'
  const type = (typed: string) => {
    const next = isApp ? typed.replace(/\D/g, '').slice(0, codeDigits) : typed
    setCode(next)
    if (isApp && next.length === codeDigits && next !== code && !isPending) onCode(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onCode(code.trim())
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          ref={field}
          label={isApp ? 'Code of the app' : 'Recovery code'}
          required
          size={isApp ? 'md' : 'sm'}
          inputMode={isApp ? 'numeric' : 'text'}
          autoComplete={isApp ? 'one-time-code' : 'off'}
          autoCapitalize="none"
          spellCheck={false}
          classNames={{ input: 'tabular' }}
          styles={{ input: { letterSpacing: '0.12em' } }}
          value={code}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Button type="submit" loading={isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}

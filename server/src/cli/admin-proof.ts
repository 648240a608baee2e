import type { OpenDirectory } from '../app/directory.ts'
import { type Actor, nowhere } from '../core/actor.ts'
import { form } from '../core/form.ts'
import { finishSignInByCode } from '../core/sessions/finish-sign-in.ts'
import type { OpenedSession } from '../core/sessions/open-session.ts'
import { signIn } from '../core/sessions/sign-in.ts'
import { signOut } from '../core/sessions/sign-out.ts'
import { CommandFailure, exitCodes, UsageError } from './command.ts'
import { refuseWithoutTerminal, told } from './terminal.ts'
import { readPassword } from './typed-password.ts'

export interface AdminProof {
  readonly email?: string
  readonly passwordStdin?: boolean
  readonly code?: string
}

export interface SignedInAdmin extends AsyncDisposable {
  readonly actor: Actor
}

/** Signs somebody in as any door does, where guesses are counted, and out again at the end. What they may do is for others to ask. */
export async function signInAsAdmin(directory: OpenDirectory, proof: AdminProof): Promise<SignedInAdmin> {
  const { core } = directory
  const stranger: Actor = { kind: 'stranger', origin: nowhere }
  const { email, password } = await ask(proof)
  const begun = await signIn(core, stranger, form({ email, password }))
  if (!begun.ok) throw refused(begun.refusal.code)
  const signedIn =
    begun.value.kind === 'opened'
      ? { ok: true as const, value: begun.value.session }
      : await finishSignInByCode(
          core,
          stranger,
          form({ challengeId: begun.value.challenge.id, code: await askCode(proof) }),
        )
  if (!signedIn.ok) throw refused(signedIn.refusal.code)
  const actor = await actorOf(directory, signedIn.value)
  return {
    actor,
    async [Symbol.asyncDispose]() {
      await signOut(core, actor)
    },
  }
}

async function actorOf({ core, tokens }: OpenDirectory, { accessToken, user }: OpenedSession): Promise<Actor> {
  const claims = await tokens.verify(accessToken, Math.floor(core.clock() / 1000))
  if (claims === null) throw new Error('a token that was signed just now is not known')
  const means = { kind: 'session', sessionId: claims.sid } as const
  return { kind: 'user', id: user.id, role: user.role, means, origin: nowhere }
}

function refused(code: string): CommandFailure {
  const { notAllowed, unavailable } = exitCodes
  switch (code) {
    case 'too_many_guesses':
      return new CommandFailure('Too many guesses were made at this account: wait a while.', {
        exitCode: notAllowed,
        code: 'TOO_MANY_GUESSES',
      })
    case 'busy':
      return new CommandFailure('This machine is too busy to verify the password: try again.', {
        exitCode: unavailable,
        code: 'BUSY',
      })
    default:
      return new CommandFailure(
        'The e-mail address, the password or the code is not right, or the account is not active.',
        {
          exitCode: notAllowed,
          code: 'WRONG_CREDENTIALS',
        },
      )
  }
}

async function ask({ email, passwordStdin = false }: AdminProof): Promise<{ email: string; password: string }> {
  if (passwordStdin) {
    if (email === undefined) throw new UsageError('Say which admin you are with --email.')
    return { email, password: await readPassword() }
  }
  refuseWithoutTerminal()
  const prompts = await import('@clack/prompts')
  const address = email ?? told(await prompts.text({ message: 'E-mail address of an admin', output: process.stderr }))
  const password = told(await prompts.password({ message: 'Password', output: process.stderr }))
  return { email: address, password }
}

async function askCode({ code }: AdminProof): Promise<string> {
  if (code !== undefined) return code
  if (!process.stdin.isTTY)
    throw new CommandFailure('This admin has a second factor: hand over a code with --code.', {
      exitCode: exitCodes.notAllowed,
      code: 'CODE_NEEDED',
    })
  const prompts = await import('@clack/prompts')
  return told(
    await prompts.text({ message: 'Code of the authenticator app, or a recovery code', output: process.stderr }),
  )
}

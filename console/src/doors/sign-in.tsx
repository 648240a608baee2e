import { getRouteApi, useRouter } from '@tanstack/react-router'
import { forgetEverything } from '../session/forget.ts'
import { Door, OtherDoors } from './door.tsx'
import { SignInForm } from './sign-in-form.tsx'

const route = getRouteApi('/doors/console/sign-in')

export function SignIn() {
  const { next } = route.useSearch()
  const router = useRouter()
  const enter = () => {
    forgetEverything()
    void router.navigate({ href: next ?? '/console', replace: true })
  }
  return (
    <>
      <Door title="Sign in" begins="field">
        <SignInForm onSignedIn={enter} />
      </Door>
      <OtherDoors to={['forgot-password', 'sign-up']} />
    </>
  )
}

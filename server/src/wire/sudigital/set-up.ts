import { setUpDirectory } from '../../core/set-up/set-up-directory.ts'
import { type Answer, json } from '../../http/answer.ts'
import { type Call, post, type Route } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { messageAnswer } from './answers.ts'
import { readNewPassword } from './new-password.ts'
import { refusals } from './refusals.ts'
import { setUpBody } from './schema.ts'

const setUpForm = compileForm(setUpBody)

async function setUp({ core, actor, body }: Call): Promise<Answer> {
  const done = await setUpDirectory(core, actor, readNewPassword(readForm(setUpForm, body), 'password'))
  return done.ok ? json(201, { message: 'The first admin is active' }) : phrase(refusals, done.refusal)
}

export const setUpRoute: Route = post('/api/auth/set-up', setUp, {
  needs: 'nobody',
  limit: 'auth',
  body: 'json',
  answers: [201, 400, 409, 503],
  summary: 'Make the first admin',
  name: 'setUp',
  tag: 'Authentication',
  schema: { body: setUpBody, answer: { 201: messageAnswer } },
  description:
    'With the token of the link that a production server prints when it starts with a directory that has never had an admin. It is good for half an hour, and once; when there is an admin, no such link is good any more. Nobody is signed in.',
})

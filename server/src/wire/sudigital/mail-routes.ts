import { get, post, type Route } from '../../http/contract.ts'
import { oneMail, outbox, tryAgain } from './mail.ts'
import { mailAnswer, mailPageAnswer, mailParams, mailQuery, mailReadAnswer } from './mail-shapes.ts'

/** What is sent to people, for admins to look after. */
export const mailRoutes: readonly Route[] = [
  get('/api/mail', outbox, {
    needs: 'mail:manage',
    answers: [200, 400, 401, 403],
    summary: 'List mail',
    name: 'listMail',
    tag: 'Mail',
    schema: { query: mailQuery, answer: { 200: mailPageAnswer } },
    description: 'What waits to be sent, was sent in the last 30 days, or was given up, newest first.',
  }),
  get('/api/mail/:id', oneMail, {
    needs: 'mail:manage',
    answers: [200, 400, 401, 403, 404],
    summary: 'Read a mail',
    name: 'readMail',
    tag: 'Mail',
    schema: { params: mailParams, answer: { 200: mailReadAnswer } },
    description: 'What it says is shown in development without a mail server only.',
  }),
  post('/api/mail/:id/retry', tryAgain, {
    needs: 'mail:manage',
    repeatable: true,
    answers: [200, 400, 401, 403, 404, 409, 422],
    summary: 'Send a dead mail after all',
    name: 'retryMail',
    tag: 'Mail',
    schema: { params: mailParams, answer: { 200: mailAnswer } },
  }),
]

import { get, post, type Route } from '../../http/contract.ts'
import { erase, exportOne, exportOwn } from './privacy.ts'
import { erasureAnswer, exportAnswer } from './privacy-shapes.ts'
import { userParams } from './questions.ts'

const exportNote =
  'One document, which is streamed. It holds no secret, and leaves an entry in the activity. An API token cannot ask for it.'

const eraseNote = [
  'Takes away for good what is kept of a user, live, pending or deleted: an id, a number and instants are left. It cannot be taken back.',
  'Nothing of them is shown from the answer on; files are cleaned of them soon after, and `finishedAt` says since when.',
  'To erase somebody again answers the same, with what was done since.',
].join(' ')

export const ownExportRoute: Route = get('/api/users/me/export', exportOwn, {
  needs: 'users:read',
  reach: 'own',
  inPerson: true,
  answers: [200, 401, 403],
  summary: 'Export everything that is kept of the caller',
  name: 'exportMe',
  tag: 'Me',
  schema: { answer: { 200: exportAnswer } },
  description: exportNote,
})

export const privacyRoutes: readonly Route[] = [
  get('/api/users/:id/export', exportOne, {
    needs: 'users:read',
    reach: 'own',
    inPerson: true,
    answers: [200, 400, 401, 403, 404],
    summary: 'Export everything that is kept of a user',
    name: 'exportUser',
    tag: 'Users',
    schema: { params: userParams, answer: { 200: exportAnswer } },
    description: exportNote,
  }),
  post('/api/users/:id/erase', erase, {
    needs: 'users:delete',
    inPerson: true,
    reach: 'others',
    repeatable: true,
    answers: [200, 400, 401, 403, 404, 409, 412, 422],
    summary: 'Erase a user',
    name: 'eraseUser',
    tag: 'Users',
    schema: { params: userParams, answer: { 200: erasureAnswer } },
    description: eraseNote,
  }),
]

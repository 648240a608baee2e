import { limits } from '../../core/limits.ts'
import { get, post, type Route } from '../../http/contract.ts'
import { csvType, ndjsonType } from '../../http/json-body.ts'
import { exportAll, importAll, oneImport } from './in-and-out.ts'
import {
  exportedFile,
  exportQuery,
  importAnswer,
  importedFile,
  importParams,
  importQuery,
} from './in-and-out-shapes.ts'

const importNote = [
  'Up to 16 MiB of NDJSON or CSV, a user in each line; larger files are for the command line.',
  'The answer comes when the file is here; what becomes of its lines is told for a day by `GET /api/imports/{id}`. Of nobody two files are read at a time.',
  'Password hashes and second factors are taken from an admin who has signed in themselves, as a new password is.',
].join(' ')

/** Everybody at once. */
export const inAndOutRoutes: readonly Route[] = [
  get('/api/exports/users', exportAll, {
    needs: 'users:list',
    limit: 'batch',
    answers: [200, 400, 401, 403],
    summary: 'Export users',
    name: 'exportUsers',
    tag: 'In and out',
    schema: { query: exportQuery, answer: { 200: exportedFile } },
    media: { answer: [ndjsonType, csvType] },
    description:
      'All users, those who are named, or those whom the filters of the list leave in, in order of creation; as NDJSON after all organizations, for whoever may manage these. No password hashes, second factors or pictures: those are for the command line. A spreadsheet runs nothing of the CSV.',
  }),
  post('/api/imports', importAll, {
    needs: 'users:roles',
    limit: 'batch',
    body: 'lines',
    bodyBytesMax: limits.importBodyBytesMax,
    repeatable: true,
    answers: [202, 400, 401, 403, 409, 422],
    summary: 'Import users',
    name: 'startImport',
    tag: 'In and out',
    schema: { query: importQuery, body: importedFile, answer: { 202: importAnswer } },
    gives: ['location'],
    leadsTo: { operations: ['readImport'], id: '/data/id' },
    description: importNote,
  }),
  get('/api/imports/:id', oneImport, {
    needs: 'users:roles',
    answers: [200, 400, 401, 403, 404],
    summary: 'Read how far an import is',
    name: 'readImport',
    tag: 'In and out',
    schema: { params: importParams, answer: { 200: importAnswer } },
    description: 'An import of which nothing was heard for a minute is stopped: the node that read it is gone.',
  }),
]

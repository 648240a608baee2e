import { Type } from '#typebox'
import { importStates } from '../../core/imports/import.ts'
import { limits } from '../../core/limits.ts'
import { data, exact, instant, integer, text } from './answers.ts'
import { usersQuery } from './questions.ts'

/* The shapes of the way in and out, for the API description. */

const { page: _page, limit: _limit, sort, order, cursor, count, fields, ...filters } = usersQuery.properties

export const exportQuery = Type.Object({
  format: Type.Optional(
    Type.Enum(['ndjson', 'csv'], { default: 'ndjson', description: 'Everything in lines of JSON, or a table' }),
  ),
  ids: Type.Optional(
    Type.String({
      pattern: '^[^,]+(,[^,]+)*$',
      maxLength: limits.usersExportedByIdMax * 37,
      description: `Only these users, ${limits.usersExportedByIdMax} at most, with commas between their ids`,
    }),
  ),
  ...filters,
})

export const importQuery = Type.Object({
  dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Says what would come of it, and adds nobody' })),
})

export const importParams = Type.Object({
  id: Type.String({ format: 'uuid', maxLength: 36, description: "The import's id" }),
})

export const exportedFile = Type.String({
  maxLength: Number.MAX_SAFE_INTEGER,
  description: 'A file as `docs/importing.md` describes it',
})

export const importedFile = Type.String({
  maxLength: limits.importBodyBytesMax,
  description: 'A file as `docs/importing.md` describes it; as CSV with a line of names',
})

const importError = Type.Object(
  {
    line: integer('The line of the file, from 1', 0),
    code: text(50, 'Stable, for programs'),
    message: text(500, 'For people'),
    details: Type.Optional(
      Type.Array(
        Type.Object(
          { field: text(limits.faultFieldLengthMax, 'Where'), message: text(2_000, 'What is wrong there') },
          exact,
        ),
        { maxItems: limits.formFaultsMax * 10 },
      ),
    ),
  },
  { ...exact, title: 'ImportError' },
)

const imported = Type.Object(
  {
    id: Type.String({ format: 'uuid', maxLength: 36, description: 'To ask how far it is' }),
    state: Type.Enum([...importStates], {
      description: 'What was stopped keeps whom it has added; nothing more comes of the rest of the file',
    }),
    dryRun: Type.Boolean({ description: 'Nobody is added' }),
    lines: integer('Lines that were looked at'),
    added: integer('Users who were added, or would be'),
    mailed: integer('Of these, pending users who are sent a mail to prove their address, or would be'),
    organizations: integer('Organizations that were added, or would be'),
    refused: integer('Lines that were refused'),
    errors: Type.Array(importError, {
      maxItems: limits.importErrorsKeptMax,
      description: 'Why; of the first that were',
    }),
    startedBy: Type.String({ format: 'uuid', maxLength: 36, description: 'Who sent the file' }),
    startedAt: instant('When it was sent'),
    updatedAt: instant('As of when this was so'),
  },
  { ...exact, title: 'Import' },
)

export const importAnswer = data(imported)

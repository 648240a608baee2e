/** What the command line reads and writes files of users with. */
export {
  HeaderTrouble,
  type ImportChunk,
  type ImportFormat,
  type ImportLine,
  readImport,
} from '../http/import-lines.ts'

/** What the command line reads and writes files of users with. */
export {
  AnotherFile,
  HeaderTrouble,
  type ImportChunk,
  type ImportFormat,
  type ImportLine,
  type ImportPlace,
  readImport,
} from '../http/import-lines.ts'

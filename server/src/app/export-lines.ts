/** What the command line writes files of users with. */
export { type ExportFormat, writeExport } from '../http/export-lines.ts'

import { runTogether } from '../together.ts'

await runTogether('wire-2')

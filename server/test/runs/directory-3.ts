import { runTogether } from '../together.ts'

await runTogether('directory-3')

import { runTogether } from '../together.ts'

await runTogether('common-passwords-1')

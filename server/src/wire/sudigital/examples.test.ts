import { fileURLToPath } from 'node:url'
import { documented } from '../../../test/documented.ts'
import { engines } from '../../../test/place.ts'
import { replay } from '../../../test/replay.ts'
import { openWorld } from '../../../test/world.ts'

const folder = fileURLToPath(new URL('examples', import.meta.url))

for (const engine of engines) await replay(folder, async () => documented(await openWorld({ engine })), engine)

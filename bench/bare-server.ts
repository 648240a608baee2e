import { createServer } from 'node:http'

/*
 * The yardstick: `node:http` and nothing else. It is told the head and the body of one answer and gives it to everybody, so that what the product
 * costs can be stated as a share of what it costs to say the same bytes at all.
 */

interface Recorded {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

let recorded: Recorded = { status: 204, headers: {}, body: '' }

const server = createServer((request, response) => {
  request.resume()
  response.writeHead(recorded.status, recorded.headers)
  response.end(recorded.status === 304 ? undefined : recorded.body)
})
server.keepAliveTimeout = 72_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : null })
})
process.on('message', (said: Recorded) => {
  recorded = said
  process.send?.({ ready: true })
})
process.on('disconnect', () => process.exit())

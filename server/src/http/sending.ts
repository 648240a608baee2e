import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as rest } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from '#fastify'
import { limits } from '../core/limits.ts'
import type { Answer, Headers } from './answer.ts'

/**
 * On every answer: browsers take the type as it is said, no cache keeps what was meant for one caller, and one that keeps it by mistake does not
 * show it to another.
 */
export const constantHeaders = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  vary: 'Authorization',
} as const

/** The headers of an answer in full; what it varies by is added to the constant one. */
export function headersOf(answer: Answer, more: Headers = {}): Record<string, string> {
  const headers: Record<string, string> = { ...constantHeaders, ...more, ...answer.headers }
  if (answer.headers?.vary) headers.vary = `${constantHeaders.vary}, ${answer.headers.vary}`
  if (answer.type) headers['content-type'] = answer.type
  return headers
}

/** Sends an answer that may be long. `cut` hears why a stream broke off after its head had been sent. */
export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  more: Headers,
  cut: (thrown: unknown) => void,
) {
  const headers = headersOf(answer, more)
  if (hasBody(request.raw) && !request.raw.complete) discardRest(request.raw)
  const { body, status } = answer
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array)
    return void sendAtOnce(reply, status, headers, body)
  reply.code(status).headers(headers)
  if (request.raw.method === 'HEAD') return void sendHeadOf(body, reply)
  const chunks = Readable.from(withRests(body), { highWaterMark: 1 })
  chunks.on('error', (thrown) => {
    if (reply.raw.headersSent) cut(thrown)
  })
  reply.send(chunks)
}

/** A long answer would keep a processor busy, and everybody else waiting for it. */
async function* withRests<T>(chunks: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const chunk of chunks) {
    yield chunk
    await rest(restMs)
  }
}

const restMs = 1

/**
 * The whole answer in one write, past what the framework does for bodies that it has yet to make. HEAD is told the length as well; 204 and 304
 * never have one (RFC 9110, section 8.6).
 */
function sendAtOnce(
  reply: FastifyReply,
  status: number,
  headers: Record<string, string>,
  body: string | Uint8Array | undefined,
) {
  if (status !== 204 && status !== 304) headers['content-length'] = String(Buffer.byteLength(body ?? ''))
  reply.hijack()
  reply.raw.writeHead(status, headers)
  reply.raw.end(body)
}

/** Nothing is read of a stream that nobody will see; its length is not known. */
function sendHeadOf(chunks: AsyncIterable<unknown>, reply: FastifyReply) {
  chunks[Symbol.asyncIterator]()
    .return?.()
    .catch(() => undefined)
  reply.send()
}

export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

/**
 * Lets a caller who was answered early finish sending, so that it reads the answer instead of meeting a closed connection; one who goes on and on
 * is cut off. The time that this takes is bounded with that of the whole request.
 */
function discardRest(request: IncomingMessage) {
  let bytes = 0
  request.on('error', () => undefined)
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.discardedBytesMax) request.destroy()
  })
}

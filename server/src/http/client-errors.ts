import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { limits } from '../core/limits.ts'
import type { Answer } from './answer.ts'
import type { Contract } from './contract.ts'
import { STATUS_CODES } from './node-http.ts'
import { type Problem, phrase } from './phrasebook.ts'
import { plainRefusals } from './plain-refusals.ts'
import { type Atlas, readPath } from './routing.ts'
import { headersOf } from './sending.ts'

/** What node reports of a connection that it cannot read on. `rawPacket` is the last piece that came. */
export interface ClientError extends Error {
  readonly code?: string | undefined
  readonly rawPacket?: unknown
}

/** Answers on a connection whose request never became one, in the form of the contract that was addressed, and closes it. */
export function answerClientError(error: ClientError, socket: Socket, atlas: Atlas) {
  const underWay = (socket as HttpSocket)._httpMessage
  if (error.code === 'ECONNRESET' || !socket.writable || underWay?.headersSent) {
    socket.destroy()
    return
  }
  if (underWay?.req.complete) {
    endAfter(underWay)
    return
  }
  const { method, target } = underWay ? requestOf(underWay) : requestLineIn(error.rawPacket)
  const { path } = readPath(target)
  const { contract, methods } = atlas.at(path ?? target)
  const problem = problemOf(error, method, methods, path)
  refuseOnSocket(socket, contract, problem)
}

/** What cannot be read came behind a whole request: that one gets its own answer, and is the last. */
function endAfter(answer: ServerResponse) {
  answer.shouldKeepAlive = false
}

/** Writes a whole answer and hangs up. A phrase that fails is a bug, and no reason to fall over. */
export function refuseOnSocket(socket: Socket, contract: Contract, problem: Problem) {
  let answer: Answer
  try {
    const said = { atMs: Date.now(), requestId: 'unread' }
    const refusal = phrase(contract.refusals, problem)
    answer = contract.stamp?.(refusal, said) ?? refusal
  } catch {
    answer = plainRefusals.fault()
  }
  const body = typeof answer.body === 'string' ? answer.body : ''
  const headers = { ...headersOf(answer), connection: 'close', 'content-length': String(Buffer.byteLength(body)) }
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${fields.join('')}\r\n${body}`)
  setTimeout(() => socket.destroy(), lingerMs).unref()
}

const lingerMs = 500

/** Where node keeps the answer that is under way on a connection; its own handler of these errors goes by it. */
interface HttpSocket extends Socket {
  readonly _httpMessage?: ServerResponse | null
}

interface RequestLine {
  readonly method: string
  readonly target: string
}

function requestOf({ req }: ServerResponse): RequestLine {
  return { method: req.method ?? '', target: req.url ?? '/' }
}

/** The request line, if the piece begins with one: otherwise whose form the answer takes is anybody's guess. */
function requestLineIn(packet: unknown): RequestLine {
  const line = packet instanceof Buffer ? packet.subarray(0, limits.headerBytesMax).toString('latin1') : ''
  const [, method = '', target = '/'] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+)/.exec(line) ?? []
  return { method, target }
}

function problemOf(error: ClientError, method: string, allow: readonly string[], path: string | null): Problem {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return { code: 'headers_too_large', maxBytes: limits.headerBytesMax }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'request_timeout' }
    case 'HPE_INVALID_METHOD':
      if (method === '') return { code: 'bad_request' }
      if (path === null) return { code: 'bad_path' }
      return allow.length > 0 ? { code: 'method_not_allowed', allow } : { code: 'no_such_route' }
    default:
      return { code: 'bad_request' }
  }
}

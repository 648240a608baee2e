export type { Payload } from './attempt.ts'
export type { Answer, Call } from './call.ts'
export { SUDIGITALClient } from './client.ts'
export {
  ApiError,
  type ApiErrorFacts,
  ConnectionError,
  type ConnectionErrorCode,
  type Detail,
  SUDIGITALError,
  UsageError,
  type UsageErrorCode,
} from './errors.ts'
export type {
  CallOptions,
  ChangeOptions,
  ClientOptions,
  FileOptions,
  OnceOptions,
  ReadOptions,
  SharedTokens,
  TokenPair,
} from './options.ts'
export type * from './types.ts'

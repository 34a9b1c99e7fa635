import type { Buffer } from 'node:buffer'
import type { Readable } from 'node:stream'

import type { Static, TSchema } from 'typebox'

import { accept, type Outcome } from '../outcome.ts'
import type { Tenant } from '../tenants.ts'
import type { SocketSide } from './socket-side.ts'

/** Who is asking. Roles come from a verified token and nowhere else. */
export type Actor =
  | { readonly kind: 'guest' }
  | {
      readonly kind: 'user'
      readonly id: string
      readonly roles: readonly Role[]
      /** The sign-in the token came from. */
      readonly sessionId?: string
    }

export type Role = 'shopper' | 'warehouse' | 'courier' | 'staff' | 'admin'

/**
 * Who may call a route, and on whose objects (requirement R20). It is served as `x-authz`, and the
 * authorization matrix derives from it alone what every operation must answer to whom.
 *
 * `whose`: `public` has no owner; `own` is only the caller's; `bearer` opens to whoever shows what
 * `by` says; `shop` is any object of this shop. Whatever else a request names is of this shop, or is
 * answered as if it did not exist.
 */
export interface Access {
  readonly who: 'anyone' | 'signed-in' | readonly Role[]
  readonly whose: 'public' | 'own' | 'bearer' | 'shop'
  /**
   * With `bearer`, what has to be shown. `id`: the unguessable id of the object, while no user owns
   * it; a user's is that user's alone. `order-token`: the token of the order in `X-Order-Token`, or
   * one is its buyer. `token`: one in the body that was handed out for this. `signature`: of the
   * body, in headers.
   */
  readonly by?: 'id' | 'order-token' | 'token' | 'signature'
  /**
   * Roles that reach any object of the shop all the same, or with `public` see more of it. A handler
   * is told of no role that neither this nor `who` names, so it cannot let in anyone else.
   */
  readonly besides?: readonly Role[]
}

/** Whose key a commit has, which, of what; and whether the key was made for this request alone. */
export interface Cause {
  readonly caller: string
  readonly key: string
  readonly isFreshKey?: boolean
  /** Of method, path and body (HMAC-SHA-256). */
  readonly fingerprint: string
}

export interface RouteRequest<P, Q, B> {
  readonly tenant: Tenant
  readonly actor: Actor
  readonly params: P
  readonly query: Q
  readonly body: B
  /** The body as it came, for a signature over its bytes; empty when there was none. */
  readonly rawBody: Buffer
  /** The bytes of a route that takes an upload, as they come; throws `TooLarge`. Nothing on others. */
  readonly upload: AsyncIterable<Uint8Array>
  readonly header: (name: string) => string | undefined
  readonly requestId: string
  readonly ip: string
  /** What the writer needs to know of the request: whose key, which key, of what. */
  readonly cause: Cause
}

export interface Reply<T> {
  /** The route's own when absent. */
  readonly status?: number
  /**
   * Bytes are sent as they are, for answers that are kept ready: whoever made them keeps to the
   * route's schema and names their `content-type`. So are those of a stream, as they come.
   */
  readonly body: T | Buffer | Readable
  readonly headers?: Readonly<Record<string, string>>
  /** `Written.replayed` as it is: the answer then carries `Idempotent-Replayed: true`. */
  readonly replayed?: boolean
}

/**
 * One operation: what it takes, who may call it, what it answers. The server checks the first two
 * before `handle` runs, drops every field the answer's schema does not know, and writes the
 * OpenAPI. Every object of `params`, `query` and `body` refuses fields it does not name; a route
 * without `body` takes none.
 */
export interface Route<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  A extends TSchema = TSchema,
> {
  /** Verb and noun, unique: `addCartItem`. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** OpenAPI form: `/api/v1/carts/{id}/items`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly access: Access
  /** Absent: every name in the path is a string of 1 to 100 characters. */
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /**
   * Takes bytes of any type instead of JSON, at most so many: a file as it is, so that a browser can
   * tell how far it has come. The handler reads them from `upload`, and believes no declared type.
   */
  readonly upload?: { readonly limitBytes: number }
  /** Further headers the operation reads, by name, for its documentation: what each is for. */
  readonly headers?: Readonly<Record<string, string>>
  /** Status and schema of the good answer; 204 has no body. */
  readonly answer: {
    readonly status: number
    readonly body: A
    /** Media types of an answer that is bytes and no JSON; `body` is then any string. */
    readonly types?: readonly string[]
    /** The operation may answer 200 instead of 201: what it would make is there already. */
    readonly found?: boolean
    /** The operation may answer 301 with `Location` instead. */
    readonly moved?: boolean
  }
  /** Codes of the refusals this operation may answer with; each must be in a problem table. */
  readonly refusals?: readonly string[]
  /** Takes `Idempotency-Key` (requirement R3): every POST and PATCH that creates or pays. */
  readonly idempotent?: boolean
  /** Opens a connection that stays; `handle` answers whoever asks without wanting one. */
  readonly socket?: SocketSide
  /** Shown in the documentation and checked against the schemas when the server starts. */
  readonly example?: { readonly body?: unknown; readonly answer?: unknown }
  handle(
    request: RouteRequest<Static<P>, Static<Q>, Static<B>>,
  ): Promise<Outcome<Reply<Unchanged<Static<A>>>>>
}

/** What is sent is only read, so a handler may hand over what it may not change. */
type Unchanged<T> = T extends readonly (infer Each)[]
  ? readonly Unchanged<Each>[]
  : T extends object
    ? { readonly [K in keyof T]: Unchanged<T[K]> }
    : T

/** Infers the schemas' types for `handle`. */
export function route<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  A extends TSchema = TSchema,
>(record: Route<P, Q, B, A>): Route {
  return record
}

/**
 * What a refusal means on the wire. `detail` is a sentence in which `{fact}` stands for a fact of
 * the refusal (`You asked for {wanted} of {sku}; {free} are free.`); without one the title and the
 * facts are strung together. A fact named `retryAfterSeconds` also becomes `Retry-After`.
 */
export interface ProblemRow {
  readonly status: number
  readonly title: string
  readonly detail?: string
}

/** Complete by construction: a code without a row does not compile. */
export type ProblemTable<Code extends string = string> = Readonly<Record<Code, ProblemRow>>

/** What was found, as the body; a refusal passes. */
export function shown<T>(outcome: Outcome<T>): Outcome<Reply<T>> {
  return outcome.ok ? accept({ body: outcome.value }) : outcome
}

/** What a command answered, perhaps an earlier time under the same key; a refusal passes. */
export function answered<T>(
  outcome: Outcome<{ readonly answer: T; readonly replayed: boolean }>,
): Outcome<Reply<T>> {
  if (!outcome.ok) return outcome
  const { answer, replayed } = outcome.value
  return accept({ body: answer, replayed })
}

/**
 * A server that understands as much of OpenSearch's API as the adapter says, written from its
 * documentation (docs.opensearch.org: document, bulk and search APIs, Query DSL, aggregations). It refuses
 * every key, field and parameter it does not know, so a slip of the pen does not pass. What it cannot
 * prove is that OpenSearch does what its documentation says: `OPENSEARCH_TEST_URL` is for that.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import {
  counted,
  Refused,
  scored,
  type Doc,
  type Fields,
  type Source,
} from './stand-in-query.testing.ts'

type Json = Record<string, unknown>

interface Index {
  readonly fields: Fields
  readonly documents: Map<string, Doc>
  /** What searches see: as it was when the index was refreshed last. */
  searched: readonly Doc[]
}

export class StandIn {
  readonly indices = new Map<string, Index>()
  /** Every request since the start: method, path and parameters. */
  readonly requests: string[] = []
  readonly authorizations = new Set<string | undefined>()
  /** Hangs up on everyone. */
  isDown = false
  /** Says that a shard has failed. */
  isPartial = false
  /** Runs once, when the next documents come. */
  meanwhile: (() => void) | undefined
  /** Answers so much later. */
  delayMs = 0
  readonly #server: Server
  #seqNo = 0

  constructor() {
    this.#server = createServer((request, response) => {
      if (this.isDown) {
        request.socket.destroy()
        return
      }
      void this.#answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      })
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((closed) => this.#server.close(closed))
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    this.requests.push(`${request.method} ${url.pathname}${url.search}`)
    this.authorizations.add(request.headers.authorization)
    let text = ''
    for await (const chunk of request) text += String(chunk)
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs))
    try {
      return this.#done(String(request.method), url, text)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { status: error.status, body: { error: { type: error.type, reason: error.message } } }
    }
  }

  #done(method: string, url: URL, text: string): { status: number; body: unknown } {
    const [, name = '', verb = '', id = ''] = url.pathname.split('/').map(decodeURIComponent)
    const query = Object.fromEntries(url.searchParams)
    const what = `${method} ${name === '_bulk' ? name : verb}`
    const json = (): Json => JSON.parse(text) as Json
    if (what === 'POST _bulk') return ok(this.#bulk(text, only(query, 'refresh')))
    if (what === 'PUT ') return ok(this.#create(name, json()))
    const index = this.#index(name)
    switch (what) {
      case 'GET _doc':
        return found(index.documents.get(only(query) && id))
      case 'PUT _doc':
        return this.#put(index, id, json(), only(query, 'op_type', 'if_seq_no', 'if_primary_term'))
      case 'POST _refresh':
        refresh(index)
        return ok({ _shards: { failed: 0 } })
      case 'POST _search':
        return ok(this.#search(index, json(), only(query, 'routing')['routing']))
      case 'POST _msearch':
        return ok({
          responses: pairs(text).map(([head, body]) =>
            this.#search(index, body, String(only(head, 'routing')['routing'])),
          ),
        })
      case 'POST _delete_by_query':
        return ok(
          this.#deleteBy(index, json(), only(query, 'routing', 'conflicts', 'refresh')['routing']),
        )
      default:
        throw new Refused(405, 'no_such_api', `${method} ${url.pathname}`)
    }
  }

  #index(name: string): Index {
    const index = this.indices.get(name)
    if (index === undefined) throw new Refused(404, 'index_not_found_exception', name)
    return index
  }

  #create(name: string, body: Json): Json {
    if (this.indices.has(name)) throw new Refused(400, 'resource_already_exists_exception', name)
    const { settings, mappings } = only(body, 'settings', 'mappings')
    only(settings as Json, 'index.number_of_shards', 'index.auto_expand_replicas')
    const { dynamic, properties } = only(mappings as Json, 'dynamic', 'properties')
    if (dynamic !== 'strict') throw new Refused(400, 'mapper_parsing_exception', 'not strict')
    for (const field of Object.values(properties as Fields)) {
      only(field as unknown as Json, 'type', 'doc_values', 'enabled')
    }
    this.indices.set(name, { fields: properties as Fields, documents: new Map(), searched: [] })
    return { acknowledged: true }
  }

  #put(index: Index, id: string, source: Json, query: Json): { status: number; body: unknown } {
    const before = index.documents.get(id)
    const isOther =
      query['op_type'] === 'create'
        ? before !== undefined
        : String(before?.seqNo) !== query['if_seq_no'] || query['if_primary_term'] !== '1'
    if (isOther) throw new Refused(409, 'version_conflict_engine_exception', id)
    const document = this.#store(index, id, source, (before?.version ?? 0) + 1, undefined)
    return { status: before === undefined ? 201 : 200, body: facts(document) }
  }

  #bulk(text: string, { refresh: isSeen }: Json): Json {
    this.meanwhile?.()
    this.meanwhile = undefined
    const touched = new Set<Index>()
    const items = pairs(text).map(([head, source]) => {
      const { index: action } = only(head, 'index') as { index: Json }
      const {
        _index,
        _id,
        routing,
        version,
        version_type: type,
      } = only(action, '_index', '_id', 'routing', 'version', 'version_type') as Record<
        string,
        string
      > & { version: number }
      const index = this.#index(String(_index))
      touched.add(index)
      if (type !== 'external') throw new Refused(400, 'unproven', 'only external versions')
      if (Buffer.byteLength(String(_id)) > 512) throw new Refused(400, 'id_too_long', String(_id))
      const before = index.documents.get(String(_id))
      if (before !== undefined && before.version >= version) {
        return { index: { status: 409, error: { type: 'version_conflict_engine_exception' } } }
      }
      try {
        this.#store(index, String(_id), source, version, routing)
        return { index: { status: before === undefined ? 201 : 200 } }
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return { index: { status: 400, error: { type: error.type, reason: error.message } } }
      }
    })
    if (isSeen === 'true') for (const index of touched) refresh(index)
    return { errors: items.some(({ index }) => index.status >= 300), items }
  }

  #store(index: Index, id: string, source: Json, version: number, routing?: string): Doc {
    for (const [name, value] of Object.entries(source)) checkField(index.fields, name, value)
    this.#seqNo += 1
    const document: Doc = { id, source: source as Source, version, seqNo: this.#seqNo, routing }
    index.documents.set(id, document)
    return document
  }

  #deleteBy(index: Index, body: Json, routing: unknown): Json {
    refresh(index)
    const { query } = only(body, 'query')
    const gone = shardOf(index, routing).filter(
      (each) => scored(query as Json, each.source, index.fields) !== undefined,
    )
    for (const { id } of gone) index.documents.delete(id)
    refresh(index)
    return { deleted: gone.length, failures: [], timed_out: false }
  }

  #search(index: Index, body: Json, routing: unknown): Json {
    const { aggregations, hits } = counted(shardOf(index, routing), body, index.fields)
    return {
      timed_out: false,
      _shards: { total: 1, failed: this.isPartial ? 1 : 0 },
      hits,
      ...(aggregations === undefined ? {} : { aggregations }),
    }
  }
}

/** Four shards: who asks with a routing sees others of the same shard, and without one is refused. */
function shardOf(index: Index, routing: unknown): readonly Doc[] {
  if (typeof routing !== 'string') throw new Refused(400, 'unproven', 'a search without a routing')
  return index.searched.filter((each) => Number(each.routing) % 4 === Number(routing) % 4)
}

function refresh(index: Index): void {
  index.searched = [...index.documents.values()]
}

function found(document: Doc | undefined): { status: number; body: unknown } {
  return document === undefined
    ? { status: 404, body: { found: false } }
    : { status: 200, body: { ...facts(document), found: true, _source: document.source } }
}

function facts({ id, version, seqNo }: Doc): Json {
  return { _id: id, _version: version, _seq_no: seqNo, _primary_term: 1 }
}

function ok(body: unknown): { status: number; body: unknown } {
  return { status: 200, body }
}

/** Lines of JSON, two and two. */
function pairs(text: string): (readonly [Json, Json])[] {
  if (!text.endsWith('\n')) throw new Refused(400, 'illegal_argument_exception', 'no newline')
  const lines = text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Json)
  return lines.flatMap((head, place) =>
    place % 2 === 0 ? [[head, lines[place + 1] as Json] as const] : [],
  )
}

/** Refuses whatever else is there. */
export function only(given: Json, ...known: readonly string[]): Json {
  const odd = Object.keys(given).find((name) => !known.includes(name))
  if (odd !== undefined) throw new Refused(400, 'parsing_exception', `unknown key ${odd}`)
  return given
}

function checkField(fields: Fields, name: string, value: unknown): void {
  const field = fields[name]
  if (field === undefined) {
    throw new Refused(400, 'strict_dynamic_mapping_exception', `no field ${name}`)
  }
  if (field.enabled === false) return
  for (const each of [value].flat()) {
    const isFine =
      field.type === 'keyword'
        ? typeof each === 'string' && Buffer.byteLength(each) <= 32_766
        : field.type === 'boolean'
          ? typeof each === 'boolean'
          : Number.isSafeInteger(each) &&
            (field.type === 'long' || Math.abs(Number(each)) < 2 ** 31)
    if (!isFine) throw new Refused(400, 'mapper_parsing_exception', `${name}: ${String(each)}`)
  }
}

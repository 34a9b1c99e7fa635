/** What a worker is given by its browser, as far as ours uses it: TypeScript's own types exclude a page's. */
export interface WorkerScope {
  readonly location: { readonly origin: string }
  readonly clients: {
    claim(): Promise<void>
    get(id: string): Promise<WorkerClient | undefined>
    matchAll(options: {
      readonly type: 'window'
      readonly includeUncontrolled?: boolean
    }): Promise<readonly WorkerClient[]>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', hear: (event: Lasting) => void): void
  addEventListener(type: 'fetch', hear: (event: Fetched) => void): void
  addEventListener(type: 'message', hear: (event: Told) => void): void
}

export interface WorkerClient {
  readonly id: string
  readonly url: string
  postMessage(message: unknown): void
}

/** An event that the worker lives for until it is done. */
export interface Lasting {
  waitUntil(work: Promise<unknown>): void
}

export interface Fetched extends Lasting {
  readonly request: Request
  readonly clientId: string
  readonly resultingClientId: string
  respondWith(answer: Promise<Response>): void
}

export interface Told extends Lasting {
  readonly data: unknown
  readonly source: WorkerClient | null
}

/** What was put into the cart without a network, in the order of the clicks. */
export interface Waiting {
  /** Made at the click: however often it is sent, it is put into the cart once. */
  readonly key: string
  readonly sku: string
  readonly quantity: number
  /** What it is called, in the language of the page. */
  readonly name: string
  readonly at: number
}

/** As many as anybody puts into a cart on one way through a tunnel. */
const MOST = 50
/** Says on every page, at no cost, whether there is anything to be looked for. */
const FLAG = 'torg-waiting'

/** Keeps it until there is a network; false where there is no room or nothing can be kept. */
export async function wait(one: Waiting): Promise<boolean> {
  const all = await waiting()
  if (all.length >= MOST && !all.some(({ key }) => key === one.key)) return false
  await asked('readwrite', (store) => store.put(one))
  tell()
  return true
}

export async function waiting(): Promise<readonly Waiting[]> {
  const found = await asked<Waiting[]>('readonly', (store) => store.getAll())
  return found.toSorted((a, b) => a.at - b.at)
}

export async function done(key: string): Promise<void> {
  await asked('readwrite', (store) => store.delete(key))
}

/** Nothing waits any more: somebody else is here, or all of it was sent. */
export async function clear(): Promise<void> {
  await asked('readwrite', (store) => store.clear())
}

/** Every page of the shop in this browser looks for what waits. */
function tell(): void {
  localStorage.setItem(FLAG, String(Date.now()))
  dispatchEvent(new Event(FLAG))
}

/** There is nothing to be looked for on the next page. */
export function untell(): void {
  localStorage.removeItem(FLAG)
}

function asked<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('torg-outbox', 1)
    opening.addEventListener('upgradeneeded', () => {
      opening.result.createObjectStore('waiting', { keyPath: 'key' })
    })
    opening.addEventListener('error', () => reject(opening.error as Error))
    opening.addEventListener('success', () => {
      const database = opening.result
      const transaction = database.transaction('waiting', mode)
      const request = ask(transaction.objectStore('waiting'))
      transaction.addEventListener('complete', () => {
        database.close()
        resolve(request.result as T)
      })
      transaction.addEventListener('error', () => reject(transaction.error as Error))
    })
  })
}

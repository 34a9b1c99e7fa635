/*
 * What is written into every page. The server writes the text of these functions, so they know nothing but
 * the page; its policy names their hashes.
 */

/** How the router is told what loaders said. */
interface Handoff {
  /** All of it at once. */
  state?: unknown
  /** In the router's own way, where something went wrong. */
  readonly streamController: ReadableStreamDefaultController<string>
}

/** Fonts that this browser has are shown at once; see `wake`. Runs before anything is seen. */
export function dress(): void {
  try {
    if (localStorage.getItem('torg-fonts') !== null) document.documentElement.dataset['fonts'] = ''
  } catch {
    // A browser that keeps nothing is dressed when it is awake.
  }
}

/**
 * Begins the scripts and fonts of a page once what is seen stands: on a slow line a picture would share it
 * with ten times as many bytes, and come late. Whoever presses something before begins them at once, and
 * what was pressed does what it does without scripts.
 */
export function wake(): void {
  /** However long the pictures take. */
  const patienceMs = 3_000
  const presses = ['pointerdown', 'keydown'] as const
  let isBegun = false
  const begin = (): void => {
    if (isBegun) return
    isBegun = true
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=later]')) {
      link.rel = 'modulepreload'
    }
    // A slow phone does one thing after the other, and hears of presses in between.
    setTimeout(run)
  }
  const run = (): void => {
    const { __reactRouterContext: handoff } = window as unknown as { __reactRouterContext: Handoff }
    const said = document.querySelector('#said')?.textContent ?? ''
    if (said.startsWith('{')) handoff.state = JSON.parse(said)
    else handoff.streamController.enqueue(said)
    handoff.streamController.close()
    const script = document.createElement('script')
    script.type = 'module'
    // A hash holds wherever the script stands.
    script.textContent = document.querySelector('script[type="text/later"]')?.textContent ?? ''
    document.body.append(script)
    setTimeout(dressed)
  }
  /** Put on when all are there, so that the page is laid out anew once. */
  const dressed = async (): Promise<void> => {
    const html = document.documentElement
    // What is out of sight is laid out when there is nothing else to do, so that one finds back to it.
    const rest = (): void => void (html.dataset['whole'] = '')
    // Fonts may never come, and a browser may never say that it has nothing to do.
    setTimeout(rest, patienceMs)
    const faces = getComputedStyle(html).getPropertyValue('--fonts').split(',')
    // A long text takes longer to look up than the page took to lay out.
    const text = [...new Set(document.body.textContent)].join('')
    await Promise.allSettled(faces.map((face) => document.fonts.load(`1em ${face}`, text)))
    html.dataset['fonts'] = ''
    try {
      localStorage.setItem('torg-fonts', '')
    } catch {
      // They are asked for late again, which is all.
    }
    if ('requestIdleCallback' in window) requestIdleCallback(rest)
  }
  const afterPaint = (): void => {
    // Nothing is painted of a page in the background.
    if (document.hidden) begin()
    else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(begin)))
  }
  for (const name of presses) addEventListener(name, begin, { once: true, capture: true })
  addEventListener('load', afterPaint, { once: true })
  setTimeout(begin, patienceMs)
}

/** What a machine reads of a page as it was served. */
import type { Json } from './journey.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
}

function plain(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (found) => ENTITIES[found] ?? found)
}

function tags(html: string, name: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(([, inside = '']) =>
    Object.fromEntries(
      [...inside.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key.toLowerCase(),
        plain(value),
      ]),
    ),
  )
}

/** Of the first element of that name. */
export function attributes(html: string, name: string): Record<string, string> {
  return tags(html, name)[0] ?? {}
}

export function titleOf(html: string): string {
  return plain(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '')
}

export function metaOf(html: string, name: string): string | undefined {
  return tags(html, 'meta').find((each) => each['name'] === name)?.['content']
}

export function linksOf(
  html: string,
  rel: string,
): readonly { readonly href?: string; readonly hreflang?: string }[] {
  return tags(html, 'link').filter((each) => each['rel'] === rel)
}

/** Every document of schema.org on the page, as machines parse it. */
export function jsonLdOf(html: string): readonly Json[] {
  const found = html.matchAll(/<script type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/g)
  return [...found].map(([, text = '']) => JSON.parse(text) as Json)
}

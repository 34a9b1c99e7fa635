import { PROLOG, xml } from './xml.ts'

/** A page in all its languages; the first is the one that is named. */
export interface Listed {
  readonly addresses: readonly { readonly language: string; readonly url: string }[]
}

/** A sitemap (sitemaps.org protocol) whose pages name each other as translations. */
export function sitemap(pages: readonly Listed[]): string {
  const urls = pages.flatMap(({ addresses }) => {
    const alternates =
      addresses.length < 2
        ? ''
        : [...addresses, { language: 'x-default', url: addresses[0]?.url ?? '' }]
            .map(
              ({ language, url }) =>
                `<xhtml:link rel="alternate" hreflang="${xml(language)}" href="${xml(url)}"/>`,
            )
            .join('')
    return addresses.map(({ url }) => `<url><loc>${xml(url)}</loc>${alternates}</url>\n`)
  })
  return `${PROLOG}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('')}</urlset>\n`
}

/** The list of a shop's sitemaps. */
export function sitemapIndex(urls: readonly string[]): string {
  const maps = urls.map((url) => `<sitemap><loc>${xml(url)}</loc></sitemap>\n`)
  return `${PROLOG}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${maps.join('')}</sitemapindex>\n`
}

/** What is somebody's own or only looks different: in no language is it for robots. */
const NOT_READ = ['/cart', '/checkout', '/account', '/orders/', '/own', '/search']

/** What robots may read (RFC 9309): pages, not the API behind them nor what is anybody's own. */
export function robots(sitemapUrl: string, languages: readonly string[]): string {
  const prefixes = ['', ...languages.slice(1).map((language) => `/${language}`)]
  const refused = prefixes.flatMap((prefix) =>
    NOT_READ.map((path) => `Disallow: ${prefix}${path}\n`),
  )
  return `User-agent: *
Disallow: /api/
${refused.join('')}Allow: /

Sitemap: ${sitemapUrl}
`
}

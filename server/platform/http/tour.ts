import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { FastifyReply, FastifyRequest } from 'fastify'
import { Marked } from 'marked'

import { sendPage } from './page.ts'

/** The README as HTML, made when somebody first asks for it: a start has no time for it. */
export function tourOf(file: string): () => string {
  let html: string | undefined
  return () => (html ??= htmlOf(file))
}

/**
 * Its pictures come along within the page, which loads nothing; what it links to in the repository is
 * named, because there is no address of it here.
 */
function htmlOf(file: string): string {
  const folder = dirname(file)
  const marked = new Marked({
    gfm: true,
    renderer: {
      image({ href, text }) {
        // Drawings explain; how the shop looks is seen by opening it.
        if (!href.endsWith('.svg')) return ''
        const picture = readFileSync(join(folder, href)).toString('base64')
        return `<img alt="${text}" src="data:image/svg+xml;base64,${picture}">`
      },
      paragraph({ tokens }) {
        const html = this.parser.parseInline(tokens)
        if (html.trim() === '') return ''
        // A picture that can be moved: on a phone it would else be too small to read.
        return tokens.every(({ type }) => type === 'image')
          ? `<div class="picture" tabindex="0">${html}</div>\n`
          : `<p>${html}</p>\n`
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens)
        return /^https?:/.test(href) ? `<a href="${href}">${words}</a>` : words
      },
    },
  })
  return marked.parse(readFileSync(file, 'utf8'), { async: false })
}

/** Sends the tour; its commands and links lead to the port it was asked on. */
export function sendTour(
  { host }: FastifyRequest,
  reply: FastifyReply,
  html: string,
): FastifyReply {
  const port = /:\d+$/.exec(host)?.[0] ?? ''
  const here = html.replaceAll('localhost:3000', `localhost${port}`)
  const body = `<div class="tour"><p><a href="/">← Back</a></p>\n${here}</div>`
  return sendPage(reply, { status: 200, title: 'The tour · Torg', body })
}

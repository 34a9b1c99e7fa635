import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { FastifyReply } from 'fastify'
import { Marked } from 'marked'

import { sendPage } from './page.ts'

/**
 * The README as HTML. Its pictures come along within the page, which loads nothing; what it links
 * to in the repository is named, because there is no address of it here.
 */
export function tourOf(file: string): string {
  const folder = dirname(file)
  const marked = new Marked({
    gfm: true,
    renderer: {
      image({ href, text }) {
        const picture = readFileSync(join(folder, href)).toString('base64')
        return `<img alt="${text}" src="data:image/svg+xml;base64,${picture}">`
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens)
        return /^https?:/.test(href) ? `<a href="${href}">${words}</a>` : words
      },
    },
  })
  return marked.parse(readFileSync(file, 'utf8'), { async: false })
}

export function sendTour(reply: FastifyReply, html: string): FastifyReply {
  const body = `<p><a href="/">← Back</a></p>\n${html}`
  return sendPage(reply, { status: 200, title: 'The tour · Torg', body })
}

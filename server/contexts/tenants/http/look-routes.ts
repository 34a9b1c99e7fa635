import { Buffer } from 'node:buffer'

import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import type { Id } from '#platform/ids'
import { accept } from '#platform/outcome'

import type { Looks, ShownLook } from '../contract.ts'
import { LookBody, LookView } from './schemas.ts'

/** What has a hash in its address is never anything else. */
const FOR_EVER = 'public, max-age=31536000, immutable'
const A_MINUTE = 'public, max-age=60'

const PALETTE = {
  paper: '#f6f8fb',
  card: '#ffffff',
  ink: '#0d1b2e',
  muted: '#51607a',
  line: '#dbe3ee',
  accent: '#1648d4',
  onAccent: '#ffffff',
  good: '#0f7048',
  bad: '#b4232a',
}

const GIVEN = {
  colors: {
    light: PALETTE,
    dark: {
      paper: '#0b1220',
      card: '#131d30',
      ink: '#eef3fb',
      muted: '#9fb0cb',
      line: '#263550',
      accent: '#8fb4ff',
      onAccent: '#08142b',
      good: '#63d6a0',
      bad: '#ff8f8f',
    },
  },
  radius: 0.75,
  fonts: 'manrope' as const,
  logo: { asset: null, text: 'TORG' },
  tagline: { uk: 'Усе для руху', en: 'Everything to move' },
}

export const EXAMPLE_LOOK = {
  ...GIVEN,
  logo: { ...GIVEN.logo, url: null },
  css: '/theme.css?v=0f1e2d3c4b5a6978',
}

/** How the shop looks, how that is changed, and the style sheet that it makes. */
export function lookRoutes(looks: Looks): Route[] {
  return [
    route({
      id: 'setShopLook',
      method: 'PUT',
      path: '/api/v1/shop/look',
      tag: 'shop',
      summary: 'Says how the shop looks',
      description: 'All of it at once. Every process shows it within a few seconds.',
      access: { who: ['admin'], whose: 'shop' },
      body: LookBody,
      answer: { status: 200, body: LookView },
      refusals: ['tenants.contrast-low', 'tenants.logo-unknown', 'tenants.language-unknown'],
      example: { body: GIVEN, answer: EXAMPLE_LOOK },
      async handle({ tenant, body, cause }) {
        const logo = { ...body.logo, asset: body.logo.asset as Id | null }
        const set = await looks.set(tenant, { ...body, logo }, cause)
        return set.ok ? accept({ body: viewOf(set.value) }) : set
      },
    }),
    route({
      id: 'getTheme',
      method: 'GET',
      path: '/theme.css',
      tag: 'shop',
      summary: 'The look of the shop as a style sheet',
      description:
        'Custom properties of the storefront. With the `v` of its look it is kept for ever.',
      access: { who: 'anyone', whose: 'public' },
      headers: { 'If-None-Match': 'The `ETag` of a copy one has.' },
      query: Type.Object({ v: Type.Optional(Type.String({ maxLength: 40 })) }),
      answer: { status: 200, body: Type.String(), types: ['text/css'] },
      async handle({ tenant, query: { v }, header }) {
        const { css, cssHash } = await looks.of(tenant.id)
        const etag = `"${cssHash}"`
        const headers = {
          'content-type': 'text/css; charset=utf-8',
          etag,
          'cache-control': v === cssHash ? FOR_EVER : A_MINUTE,
        }
        if (header('if-none-match') === etag) {
          return accept({ status: 304, headers, body: Buffer.alloc(0) })
        }
        return accept({ headers, body: Buffer.from(css) })
      },
    }),
  ]
}

/** As it is answered. */
export function viewOf({ colors, radius, fonts, logo, logoUrl, tagline, cssHash }: ShownLook) {
  return {
    colors,
    radius,
    fonts,
    logo: { ...logo, url: logoUrl },
    tagline,
    css: `/theme.css?v=${cssHash}`,
  }
}

import type { ServerResponse } from 'node:http'

import { isOver, type Charge } from './charges.ts'

const STYLE = `
  :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif }
  body { max-width: 26rem; margin: 12vh auto 0; padding: 0 1.25rem }
  p.amount { font-size: 2rem; margin: 0.5rem 0 1.5rem }
  button, a.button { display: block; box-sizing: border-box; width: 100%; min-height: 3rem;
    margin: 0.75rem 0; padding: 0.6rem; border: 2px solid currentColor; border-radius: 0.5rem;
    font: inherit; text-align: center; text-decoration: none; color: inherit;
    background: transparent; cursor: pointer }
  button.yes { background: #14532d; border-color: #14532d; color: #fff }
  :focus-visible { outline: 3px solid #2563eb; outline-offset: 3px }
  small { opacity: 0.8 }
`

/** The page on which a buyer approves or declines a charge: for a person who tries a shop out. */
export function showPage(response: ServerResponse, charge: Charge): void {
  const { amount, currency, reference, status, returnTo } = charge
  const body = isOver(charge)
    ? `<h1>${status === 'succeeded' ? 'Paid' : 'Not paid'}</h1>
       <p class="amount">${text(words(amount, currency))}</p>
       <p>This payment is ${text(status)}.</p>
       ${returnTo === undefined ? '' : `<a class="button" href="${text(returnTo)}">Back to the shop</a>`}`
    : `<h1>Approve this payment?</h1>
       <p class="amount">${text(words(amount, currency))}</p>
       <form method="post">
         <button class="yes" name="decision" value="approve">Approve</button>
         <button name="decision" value="decline">Decline</button>
       </form>`
  respond(
    response,
    200,
    `${body}<p><small>Test payment provider. No money moves. Payment ${text(reference)}</small></p>`,
  )
}

export function showNoPage(response: ServerResponse): void {
  respond(response, 404, '<h1>There is no such payment</h1><p>The address may be incomplete.</p>')
}

/** Sends the buyer on: to the shop, or to the page that says how it ended. */
export function leavePage(response: ServerResponse, { id, returnTo }: Charge): void {
  response.writeHead(303, { Location: returnTo ?? `/pay/${id}` }).end()
}

function respond(response: ServerResponse, status: number, body: string): void {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Test payment</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'Cache-Control': 'no-store',
  })
  response.end(html)
}

function words(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`)
}

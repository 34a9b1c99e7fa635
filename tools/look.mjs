// A look at one page: node tools/look.mjs <url> <file.png> [width] [light|dark] [full]
import chromium from '@sparticuz/chromium'
import { chromium as player } from 'playwright-core'

const [, , url, out, width = '1440', colorScheme = 'light', whole] = process.argv
const browser = await player.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
  headless: true,
})
const page = await browser.newPage({ viewport: { width: Number(width), height: 900 }, colorScheme })
page.on('console', (message) => console.log('console', message.type(), message.text()))
page.on('pageerror', (error) => console.log('error', error.message))
page.on('requestfailed', (request) => console.log('failed', request.url()))
await page.goto(url, { waitUntil: 'networkidle' })
await page.screenshot({ path: out, fullPage: whole === 'full' })
await browser.close()

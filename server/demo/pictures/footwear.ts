import { box, dim, disc, fill, gleam, glow, line, seam, type Sketch } from './pen.ts'

const UPPER =
  'M70 274C60 232 66 196 80 172Q94 158 108 178Q126 206 154 192L184 156Q194 150 204 160C222 190 244 214 280 226C322 236 350 246 352 274Z'

/** A low shoe from its outer side; the sole is the caller's. */
function low(tones: Parameters<Sketch>[0]): string {
  const { main, dark, accent, pale, deep } = tones
  return (
    fill('M92 172Q110 196 150 190L178 158L200 164L150 216L96 214Z', deep) +
    fill(UPPER, main) +
    fill(
      'M184 156Q194 150 204 160C222 190 244 214 276 225L252 244C214 226 186 196 168 176Z',
      dark,
    ) +
    fill('M70 274C60 232 66 196 80 172Q90 162 100 170C92 206 98 244 120 274Z', accent) +
    fill('M296 230C330 238 350 248 352 274L282 274C280 252 284 238 296 230Z', dark) +
    fill('M112 252Q170 262 226 232L236 246Q176 282 116 270Z', accent) +
    disc(150, 234, 9, accent) +
    [0, 1, 2, 3].map((n) => line(`M${188 + n * 19} ${192 + n * 11}l22 -15`, pale, 6)).join('') +
    glow('M78 196Q84 176 96 176Q120 214 152 206L190 168Q164 216 120 222Q88 224 78 196Z', 0.16) +
    dim('M68 262Q200 246 352 262L352 276L70 276Z', 0.15) +
    seam('M126 274Q112 240 116 214', 0.2)
  )
}

const runningShoe: Sketch = (tones) =>
  low(tones) +
  fill(
    'M58 292Q54 270 70 268L200 272L336 266Q360 268 358 288Q354 306 322 308L86 308Q60 308 58 292Z',
    tones.pale,
  ) +
  fill('M60 298L356 294Q352 320 318 320L92 320Q62 320 60 298Z', tones.accent) +
  dim('M60 306L356 302Q348 320 318 320L92 320Q64 320 60 306Z', 0.22) +
  line('M84 284Q180 292 330 280', tones.light, 5)

const trailShoe: Sketch = (tones) =>
  low(tones) +
  fill('M56 290Q54 268 72 268L336 264Q362 268 360 288L352 302L60 304Z', tones.deep) +
  fill(
    'M58 298L360 290L352 304L338 306L334 322L312 322L308 306L282 306L278 322L254 322L250 306L222 306L218 322L194 322L190 306L160 306L156 322L132 322L128 306L102 306L98 322L74 322L66 304Z',
    tones.ink,
  ) +
  line('M80 282Q180 290 336 276', tones.accent, 6)

const spikes = (color: string): string =>
  [84, 124, 164, 230, 268, 306].map((x) => fill(`M${x} 300h22l-5 22h-12Z`, color)).join('')

const footballBoot: Sketch = (tones) =>
  low(tones) +
  spikes(tones.accentDark) +
  fill(
    'M64 282Q60 268 74 270L340 268Q358 272 354 288Q346 302 320 302L86 302Q66 300 64 282Z',
    tones.ink,
  ) +
  line('M90 288Q200 298 330 286', tones.accent, 5)

const HIGH =
  'M96 282C86 220 90 150 88 92Q88 80 100 80L182 80Q196 80 196 94L200 158C222 196 254 214 292 224C326 232 346 248 348 282Z'

function high({ main, dark, deep, accent, pale }: Parameters<Sketch>[0]): string {
  return (
    fill('M100 72Q140 60 186 74L192 100L96 100Z', deep) +
    fill(HIGH, main) +
    fill(
      'M182 80Q196 80 196 94L200 158C216 188 240 206 266 216L246 242C206 222 178 190 170 156L164 80Z',
      dark,
    ) +
    fill('M94 250C88 190 92 150 90 120L128 128Q124 200 140 282L96 282Z', dark) +
    fill('M300 226C330 234 346 250 348 282L276 282C276 256 282 236 300 226Z', dark) +
    [0, 1, 2, 3].map((n) => line(`M166 ${102 + n * 22}l32 -4`, pale, 6)).join('') +
    line('M182 190l26 -18M202 208l22 -18M226 224l18 -18', pale, 6) +
    fill('M88 92Q88 80 100 80L182 80Q192 80 195 90L195 100L88 104Z', accent) +
    glow('M104 110L150 108L150 170Q140 220 156 262L132 262Q112 190 104 110Z', 0.16) +
    dim('M92 268L348 264L348 284L96 284Z', 0.18)
  )
}

const hikingBoot: Sketch = (tones) =>
  high(tones) +
  fill('M84 298Q84 274 98 274L344 272Q362 276 358 298Z', tones.ink) +
  fill(
    'M84 294L358 294L352 306L340 322L316 322L310 308L286 308L280 322L256 322L250 308L204 308L196 322L172 322L166 308L140 308L134 322L92 322Z',
    tones.deep,
  ) +
  disc(184, 178, 6, tones.steel) +
  disc(206, 200, 6, tones.steel)

const courtShoe: Sketch = (tones) =>
  high(tones) +
  disc(124, 150, 17, tones.pale) +
  fill('M124 136l5 10 11 1 -8 8 2 11 -10 -5 -10 5 2 -11 -8 -8 11 -1Z', tones.accent) +
  fill(
    'M84 300Q82 272 98 272L338 270Q362 274 358 298Q354 320 328 320L104 320Q86 320 84 300Z',
    tones.pale,
  ) +
  line('M94 298L350 296', tones.accent, 8) +
  dim('M88 308L356 306Q348 320 328 320L104 320Q92 320 88 308Z', 0.15)

const sandal: Sketch = ({ main, dark, accent, ink, deep }) =>
  fill(
    'M52 296Q48 268 84 262Q180 276 240 262Q320 244 352 272Q364 300 330 312L88 318Q56 318 52 296Z',
    ink,
  ) +
  fill(
    'M54 284Q54 262 84 256Q180 270 240 256Q322 238 352 266Q356 284 330 292L90 300Q58 300 54 284Z',
    deep,
  ) +
  fill('M96 262Q80 190 112 176L136 182Q118 206 136 266Z', main) +
  fill('M112 176Q170 196 220 258L186 264Q150 214 108 204Z', dark) +
  fill('M214 260Q250 186 298 190Q330 206 338 256L300 252Q292 226 276 226Q258 230 248 256Z', main) +
  glow('M226 248Q252 200 292 196Q256 212 240 252Z', 0.25) +
  box(236, 198, 46, 20, 6, accent) +
  box(104, 190, 26, 18, 5, accent)

const skates: Sketch = (tones) =>
  high(tones) +
  fill('M92 296Q90 276 104 276L346 276Q358 280 352 296Z', tones.ink) +
  fill('M122 294h30l6 22h-42ZM270 294h32l4 22h-42Z', tones.steelDark) +
  fill(
    'M70 312Q60 312 66 322L84 330L350 330Q374 328 378 306L366 304Q360 314 344 314Z',
    tones.steel,
  ) +
  gleam('M90 324L340 324', 0.7, 3)

const skiBoots: Sketch = ({ main, dark, deep, accent, ink, steel }) =>
  fill('M110 66L196 60L214 150L236 208L330 236Q356 250 354 290L88 290L92 190Z', main) +
  fill('M110 66L196 60L206 106L100 122Z', deep) +
  fill('M92 190L222 176L236 208L330 236Q346 244 350 262L90 262Z', dark) +
  fill('M120 52Q160 40 192 52L198 76L114 82Z', ink) +
  [116, 148]
    .map((y) => line(`M104 ${y}L216 ${y - 12}`, accent, 13) + box(180, y - 24, 28, 20, 4, steel))
    .join('') +
  line('M150 214L236 214M200 248L290 240', accent, 13) +
  box(210, 204, 28, 20, 4, steel) +
  box(262, 232, 28, 20, 4, steel) +
  fill('M76 288L364 284L366 318L290 318L284 304L150 304L144 318L76 318Z', ink) +
  glow('M118 90L140 86L128 180L106 186Z', 0.25)

const gaiters: Sketch = ({ main, dark, deep, accent, ink }) =>
  fill('M132 80Q190 62 248 80L262 206Q266 262 322 286L336 316L118 316L112 206Z', main) +
  fill('M218 72L248 80L262 206Q266 262 322 286L336 316L248 316Q226 260 226 196Z', dark) +
  fill('M132 80Q190 62 248 80L250 102Q190 84 130 102Z', accent) +
  line('M190 88L198 312', ink, 7) +
  line('M128 316Q200 346 272 316', deep, 9) +
  glow('M142 112L158 108L150 300L132 300Z')

export const footwear = {
  'running-shoe': runningShoe,
  'trail-shoe': trailShoe,
  'football-boot': footballBoot,
  'hiking-boot': hikingBoot,
  'court-shoe': courtShoe,
  sandal,
  skates,
  'ski-boots': skiBoots,
  gaiters,
} satisfies Record<string, Sketch>

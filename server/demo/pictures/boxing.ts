import {
  box,
  dim,
  disc,
  fill,
  gleam,
  glow,
  line,
  oval,
  placed,
  ring,
  seam,
  turned,
  type Sketch,
} from './pen.ts'

const boxingGloves: Sketch = ({ main, dark, accent, pale, ink }) => {
  const one =
    fill('M92 232Q54 168 82 110Q108 60 172 64Q240 74 246 150Q248 200 228 244Z', main) +
    fill('M170 120Q214 112 232 150Q240 190 214 208Q186 216 176 190Q160 150 170 120Z', dark) +
    glow('M96 128Q112 84 160 80Q120 104 108 168Q96 152 96 128Z', 0.3) +
    dim('M228 100Q250 140 246 170Q246 210 228 244L190 242Q240 190 228 100Z', 0.14) +
    seam('M130 72Q112 120 124 170', 0.25, 3) +
    fill('M90 228L230 240L222 318L100 312Z', ink) +
    fill('M94 254L228 264L225 292L97 284Z', accent) +
    line('M132 272L176 276', pale, 9)
  return (
    placed(124, 2, 0.92, turned(12, 160, 200, one)) +
    placed(4, 14, 0.98, turned(-10, 160, 200, one))
  )
}

const punchingBag: Sketch = ({ main, dark, deep, accent, steel, pale }) =>
  line('M200 24L200 50M200 50L146 92M200 50L254 92M200 50L200 92', steel, 6) +
  disc(200, 48, 9, steel) +
  box(136, 88, 128, 244, 22, main) +
  dim('M216 88H242Q264 88 264 110V310Q264 332 242 332H216Z', 0.2) +
  glow('M150 106H166V314H150Z', 0.28) +
  box(136, 104, 128, 20, 0, deep) +
  box(136, 178, 128, 60, 0, accent) +
  fill('M180 194L220 194L220 222L180 222Z', pale) +
  box(136, 296, 128, 16, 0, deep) +
  oval(200, 90, 64, 10, dark)

const handWraps: Sketch = ({ main, light, dark, deep, accent }) =>
  fill('M206 280Q300 270 352 306L344 326Q280 304 204 320Z', dark) +
  disc(178, 210, 106, dark) +
  disc(168, 204, 106, main) +
  [88, 72, 56, 40, 26].map((r, at) => ring(168, 204, r, at % 2 === 0 ? dark : light, 5)).join('') +
  disc(168, 204, 16, deep) +
  glow('M86 170Q110 110 170 106Q120 130 104 200Z', 0.25) +
  turned(8, 330, 310, box(310, 296, 48, 26, 4, accent))

const focusMitts: Sketch = ({ main, dark, accent, pale, deep, ink }) =>
  fill(
    'M112 92Q200 42 288 92Q326 186 278 262Q240 308 200 308Q160 308 122 262Q74 186 112 92Z',
    deep,
  ) +
  fill(
    'M122 100Q200 58 278 100Q312 184 268 252Q236 294 200 294Q164 294 132 252Q88 184 122 100Z',
    main,
  ) +
  disc(200, 178, 66, pale) +
  disc(200, 178, 46, accent) +
  disc(200, 178, 20, pale) +
  dim('M240 84L278 100Q312 184 268 252Q250 276 228 288Q286 190 240 84Z', 0.16) +
  line('M158 312L242 312', ink, 22) +
  seam('M112 160Q106 200 128 240', 0.4, 4) +
  disc(200, 178, 7, dark)

const headGuard: Sketch = ({ main, dark, deep, accent, ink, pale }) =>
  fill('M92 210Q80 64 204 62Q322 68 312 206Q306 300 252 318Q200 330 150 318Q98 296 92 210Z', main) +
  fill(
    'M142 164Q200 140 258 164L266 214Q262 232 248 240L240 286Q200 302 160 286L152 240Q138 232 134 214Z',
    ink,
  ) +
  fill(
    'M128 232Q146 222 160 244L162 290Q150 310 138 300Q118 270 128 232ZM272 232Q254 222 240 244L238 290Q250 310 262 300Q282 270 272 232Z',
    dark,
  ) +
  fill('M128 106Q200 78 272 106L266 146Q200 122 134 146Z', accent) +
  line('M176 114L224 114', pale, 8) +
  dim('M262 84Q322 120 312 206Q306 300 252 318Q300 220 262 84Z', 0.16) +
  glow('M110 170Q112 104 156 82Q128 120 124 200Z', 0.28) +
  disc(108, 212, 12, deep) +
  disc(294, 212, 12, deep)

const mouthguard: Sketch = ({ main, light, dark, deep }) =>
  fill(
    'M72 120Q80 330 200 330Q320 330 328 120Q330 92 302 92Q276 92 270 122Q262 250 200 250Q138 250 130 122Q124 92 98 92Q70 92 72 120Z',
    main,
  ) +
  fill(
    'M100 124Q110 292 200 292Q290 292 300 124Q296 104 284 116Q276 270 200 272Q124 270 116 116Q104 104 100 124Z',
    dark,
  ) +
  gleam('M84 150Q92 240 126 284', 0.6, 9) +
  seam('M200 294L200 326M160 286L150 316M240 286L250 316M128 262L110 286M272 262L290 286', 0.3, 4) +
  oval(200, 262, 24, 5, light) +
  oval(102, 104, 12, 5, deep)

export const boxing = {
  'boxing-gloves': boxingGloves,
  'punching-bag': punchingBag,
  'hand-wraps': handWraps,
  'focus-mitts': focusMitts,
  'head-guard': headGuard,
  mouthguard,
} satisfies Record<string, Sketch>

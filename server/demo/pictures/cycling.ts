import {
  box,
  dim,
  disc,
  fill,
  gleam,
  glow,
  line,
  oval,
  ring,
  seam,
  turned,
  type Sketch,
} from './pen.ts'

const wheel = (x: number, y: number, r: number, ink: string, steel: string): string =>
  ring(x, y, r, ink, 11) +
  ring(x, y, r - 8, steel, 3) +
  line(
    [0, 1, 2, 3, 4, 5]
      .map((n) => {
        const a = (Math.PI / 6) * n
        const [dx, dy] = [Math.round(Math.cos(a) * (r - 8)), Math.round(Math.sin(a) * (r - 8))]
        return `M${x - dx} ${y - dy}L${x + dx} ${y + dy}`
      })
      .join(''),
    steel,
    1.6,
  ) +
  disc(x, y, 8, ink)

const bike: Sketch = ({ main, dark, accent, ink, steel }) =>
  wheel(96, 248, 72, ink, steel) +
  wheel(304, 248, 72, ink, steel) +
  line('M96 248L186 252L154 152ZM186 252L276 150L150 152', main, 13) +
  line('M154 152L146 122', steel, 9) +
  line('M276 150L304 248M268 122L278 160', dark, 13) +
  line('M118 118Q144 106 174 116', ink, 14) +
  line('M268 124L262 112L296 104Q324 108 312 134', ink, 10) +
  disc(186, 252, 23, ink) +
  ring(186, 252, 17, accent, 5) +
  line('M186 252L206 288', steel, 7) +
  line('M194 290L220 290', ink, 9) +
  line('M96 236L186 230M96 260L186 274', ink, 2.5) +
  line('M206 228L258 168', accent, 5)

const kidsBike: Sketch = ({ main, accent, ink, steel, pale, dark }) =>
  wheel(110, 262, 58, ink, steel) +
  wheel(292, 262, 58, ink, steel) +
  line('M110 262L186 266Q236 232 262 172L160 196Z', main, 16) +
  line('M160 196L154 164', steel, 9) +
  line('M262 172L292 262M254 136L264 176', dark, 15) +
  fill('M120 156Q152 140 190 156L186 170Q150 176 122 170Z', accent) +
  line('M254 138L236 122M254 138L282 120', ink, 12) +
  line('M228 122L240 120M276 122L292 116', accent, 13) +
  disc(186, 266, 18, accent) +
  line('M186 266L204 292', steel, 7) +
  line('M194 294L216 294', ink, 9) +
  box(246, 144, 34, 24, 6, pale)

const bikeHelmet: Sketch = ({ main, dark, deep, accent, ink }) =>
  line('M120 236Q140 300 196 322Q238 300 258 244', ink, 7) +
  box(178, 312, 36, 15, 6, ink) +
  fill(
    'M52 226Q54 104 190 92Q318 92 352 214Q356 240 330 240L276 240Q196 262 84 250Q52 248 52 226Z',
    main,
  ) +
  fill(
    'M86 206Q96 142 150 118L164 126Q116 160 112 214ZM136 212Q146 146 204 110L222 114Q172 158 166 218ZM192 216Q204 152 254 118L272 130Q228 164 224 220ZM250 220Q262 176 300 148L314 166Q284 188 280 222Z',
    deep,
  ) +
  fill('M52 226Q180 250 352 214Q356 240 330 240L276 240Q196 262 84 250Q52 248 52 226Z', dark) +
  line('M66 238Q180 258 340 230', accent, 7) +
  glow('M78 180Q96 124 150 108Q110 140 96 190Z', 0.35)

const pump: Sketch = ({ main, dark, accent, ink, steel, pale }) =>
  box(186, 84, 14, 90, 4, steel) +
  box(124, 62, 138, 32, 16, ink) +
  box(176, 150, 34, 152, 8, main) +
  dim('M198 150H210V302H198Z', 0.2) +
  gleam('M183 162V290', 0.5, 5) +
  line('M192 292Q280 300 286 220Q290 140 256 128', ink, 9) +
  box(240, 112, 32, 26, 7, accent) +
  fill('M118 302L270 302L290 324L98 324Z', dark) +
  disc(192, 280, 32, ink) +
  disc(192, 280, 25, pale) +
  line('M192 280L206 266', accent, 5)

const bikeLights: Sketch = ({ main, dark, accent, ink, pale }) =>
  fill('M64 150L172 130Q196 160 196 206Q196 250 172 280L64 262Q50 206 64 150Z', ink) +
  oval(178, 205, 30, 74, main) +
  oval(182, 205, 22, 58, pale) +
  oval(184, 205, 12, 34, '#fff3b8') +
  `<path d="M206 170L380 110L380 300L206 240Z" fill="#fff3b8" opacity="0.4"/>` +
  line('M104 278L104 316L140 316L140 280', dark, 13) +
  box(80, 184, 44, 18, 8, accent) +
  box(262, 226, 76, 96, 22, ink) +
  box(274, 240, 52, 68, 14, '#d8323a') +
  glow('M280 248H296V300H280Z', 0.4) +
  line('M84 226L116 228', main, 7)

const multiTool: Sketch = ({ main, dark, accent, steel, steelDark, ink }) =>
  [-64, -38, -12, 16, 46]
    .map((a, at) =>
      turned(
        a,
        200,
        286,
        box(190, 76 + (at % 2) * 26, 20, 216, 6, at % 2 === 0 ? steel : steelDark) +
          box(192, 66 + (at % 2) * 26, 16, 26, at % 2 === 0 ? 2 : 8, ink),
      ),
    )
    .join('') +
  turned(
    74,
    200,
    286,
    box(176, 112, 48, 200, 18, main) +
      box(188, 146, 24, 100, 8, accent) +
      dim('M206 112H224V312H206Z', 0.2),
  ) +
  disc(200, 286, 30, dark) +
  disc(200, 286, 14, steel)

const lock: Sketch = ({ main, dark, accent, ink, steel, pale }) =>
  line('M128 216L128 142Q130 62 200 60Q270 62 272 142L272 216', steel, 28) +
  line('M122 206L122 142Q126 70 196 66', '#fff', 5) +
  line('M128 216L128 168M272 216L272 168', ink, 31) +
  box(88, 204, 224, 116, 22, main) +
  dim('M88 270H312V298Q312 320 290 320H110Q88 320 88 298Z', 0.2) +
  disc(200, 256, 28, dark) +
  disc(200, 250, 11, pale) +
  fill('M194 252H206L210 280H190Z', pale) +
  line('M110 224H160M240 224H290', accent, 8)

const saddle: Sketch = ({ main, dark, deep, accent, steel }) =>
  line('M110 214Q150 260 210 248Q280 250 330 204', steel, 10) +
  line('M206 250L200 326', steel, 22) +
  fill(
    'M44 168Q40 122 92 120Q160 128 214 152Q290 160 356 150Q376 160 364 178Q310 196 250 206Q170 222 116 220Q52 216 44 168Z',
    main,
  ) +
  fill(
    'M44 176Q140 206 250 196Q310 188 370 164Q372 172 364 178Q310 196 250 206Q170 222 116 220Q56 216 44 176Z',
    dark,
  ) +
  fill('M104 140Q180 166 300 164Q200 182 108 166Q90 150 104 140Z', deep) +
  line('M60 190Q110 214 180 208', accent, 6) +
  glow('M62 150Q70 134 96 134L80 172Z', 0.3) +
  box(184, 244, 34, 20, 6, deep)

const tire: Sketch = ({ main, ink, accent, dark, steel }) =>
  ring(200, 196, 106, ink, 40) +
  ring(200, 196, 94, main, 9) +
  ring(200, 196, 84, dark, 5) +
  Array.from({ length: 30 }, (_, n) =>
    turned(n * 12, 200, 196, box(196, 68, 9, 15, 2, '#565c68')),
  ).join('') +
  gleam('M108 150Q130 104 180 92', 0.3, 6) +
  line('M272 118Q284 130 290 146', accent, 8) +
  ring(200, 196, 80, steel, 2)

const pannier: Sketch = ({ main, dark, deep, accent, ink, pale }) =>
  line('M150 90Q150 50 200 50Q250 50 250 90', ink, 11) +
  fill('M104 130L296 130L312 296Q310 322 284 322L116 322Q90 322 88 296Z', main) +
  dim('M252 130L296 130L312 296Q310 322 284 322L260 322Z', 0.18) +
  fill('M98 84Q200 70 302 84L308 168Q200 184 92 168Z', dark) +
  line('M140 92L136 220M260 92L264 220', ink, 12) +
  box(122, 196, 28, 26, 5, accent) +
  box(250, 196, 28, 26, 5, accent) +
  box(164, 240, 72, 36, 8, pale) +
  glow('M106 184L120 186L112 306L102 296Z', 0.3) +
  seam('M96 296H304', 0.3, 4) +
  line('M92 168Q200 184 308 168', deep, 4)

const pedals: Sketch = ({ main, accent, steel, ink }) => {
  const one =
    box(78, 130, 106, 116, 16, main) +
    box(98, 152, 66, 72, 10, ink) +
    box(64, 178, 150, 20, 8, steel) +
    [92, 130, 168].map((x) => disc(x, 138, 5, accent) + disc(x, 238, 5, accent)).join('') +
    gleam('M88 142L88 176', 0.5, 5) +
    dim('M78 216H184V230Q184 246 168 246H94Q78 246 78 230Z', 0.2)
  return (
    turned(-14, 130, 190, `<g transform="translate(-14 -30)">${one}</g>`) +
    turned(-14, 250, 240, `<g transform="translate(124 48)">${one}</g>`)
  )
}

const skateboard: Sketch = ({ main, dark, accent, ink, pale }) =>
  [108, 292]
    .map(
      (x) =>
        box(x - 24, 246, 48, 16, 4, '#9aa3ae') +
        disc(x - 22, 284, 26, accent) +
        disc(x - 22, 284, 9, pale) +
        disc(x + 22, 284, 26, accent) +
        disc(x + 22, 284, 9, pale),
    )
    .join('') +
  fill(
    'M36 186Q26 172 42 172Q70 224 110 224L290 224Q330 224 358 172Q374 172 364 186Q336 250 290 250L110 250Q64 250 36 186Z',
    main,
  ) +
  fill(
    'M42 172Q70 224 110 224L290 224Q330 224 358 172L364 180Q334 234 290 236L110 236Q66 234 36 180Z',
    ink,
  ) +
  line('M120 243L280 243', dark, 4)

const scooter: Sketch = ({ main, dark, accent, ink, steel }) =>
  wheel(96, 282, 36, ink, steel) +
  wheel(312, 282, 36, ink, steel) +
  line('M96 282L136 282L276 276', main, 18) +
  line('M136 272L266 268', ink, 8) +
  line('M312 282L276 96', main, 15) +
  line('M276 96L270 66', steel, 11) +
  line('M232 72L308 60', ink, 15) +
  line('M288 160L284 138', accent, 17) +
  line('M66 256Q90 230 124 250', dark, 9)

export const cycling = {
  bike,
  'kids-bike': kidsBike,
  'bike-helmet': bikeHelmet,
  pump,
  'bike-lights': bikeLights,
  'multi-tool': multiTool,
  lock,
  saddle,
  tire,
  pannier,
  pedals,
  skateboard,
  scooter,
} satisfies Record<string, Sketch>

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

const backpack: Sketch = ({ main, dark, deep, accent, ink, pale }) =>
  line('M160 76Q160 44 200 44Q240 44 240 76', ink, 11) +
  fill(
    'M92 210Q76 214 74 250L78 300Q84 316 104 314ZM308 210Q324 214 326 250L322 300Q316 316 296 314Z',
    dark,
  ) +
  fill(
    'M112 140Q110 80 160 70L240 70Q290 80 288 140L304 292Q304 324 272 326L128 326Q96 324 96 292Z',
    main,
  ) +
  dim('M240 70Q290 80 288 140L304 292Q304 324 272 326L252 326Q272 200 240 70Z', 0.16) +
  fill('M104 148Q108 66 160 64L240 64Q292 66 296 148Q200 176 104 148Z', dark) +
  fill('M124 214L276 214L286 290Q284 308 266 308L134 308Q116 308 114 290Z', deep) +
  line('M134 228L266 228', accent, 7) +
  line('M142 156L138 214M258 156L262 214', ink, 11) +
  box(128, 178, 26, 22, 5, accent) +
  box(246, 178, 26, 22, 5, accent) +
  glow('M126 124Q130 84 164 80Q146 100 142 146Z', 0.25) +
  box(180, 104, 40, 22, 5, pale)

const daypack: Sketch = ({ main, dark, deep, accent, ink, pale }) =>
  line('M168 72Q170 44 200 44Q230 44 232 72', ink, 10) +
  fill(
    'M108 150Q112 66 200 64Q288 66 292 150L300 294Q296 326 262 326L138 326Q104 326 100 294Z',
    main,
  ) +
  dim('M232 68Q288 84 292 150L300 294Q296 326 262 326L244 326Q270 190 232 68Z', 0.16) +
  line('M124 160Q130 92 200 90Q270 92 276 160', ink, 5) +
  disc(124, 164, 8, accent) +
  fill('M122 206Q200 190 278 206L284 286Q280 304 260 304L140 304Q120 304 116 286Z', dark) +
  line('M128 220Q200 204 272 220', accent, 7) +
  fill('M172 118L200 104L228 118L228 142L200 156L172 142Z', pale) +
  glow('M122 180Q122 110 156 88Q138 130 136 196Z', 0.25) +
  seam('M140 262H260', 0.3, 4) +
  line('M138 324H262', deep, 5)

const runningVest: Sketch = ({ main, dark, accent, ink, light, pale }) =>
  fill(
    'M116 66Q132 54 156 60Q150 130 178 166L178 300Q144 312 116 298Q94 240 104 180Q110 120 116 66ZM284 66Q268 54 244 60Q250 130 222 166L222 300Q256 312 284 298Q306 240 296 180Q290 120 284 66Z',
    main,
  ) +
  dim(
    'M284 66Q268 54 256 58Q262 140 244 166L246 306Q270 306 284 298Q306 240 296 180Q290 120 284 66Z',
    0.16,
  ) +
  line('M176 190L224 190M176 250L224 250', ink, 8) +
  box(190, 180, 20, 20, 4, accent) +
  box(190, 240, 20, 20, 4, accent) +
  fill('M116 196L168 190L168 262Q142 270 118 262ZM284 196L232 190L232 262Q258 270 282 262Z', dark) +
  fill('M126 128Q128 120 142 118L156 120L164 198L122 200Z', light) +
  fill('M274 128Q272 120 258 118L244 120L236 198L278 200Z', light) +
  box(132, 98, 20, 24, 6, ink) +
  box(248, 98, 20, 24, 6, ink) +
  line('M118 280L176 286M282 280L224 286', pale, 5)

const duffel: Sketch = ({ main, dark, deep, accent, ink, pale }) =>
  line('M130 190Q140 84 200 84Q260 84 270 190', ink, 13) +
  fill(
    'M60 200Q70 160 110 160L290 160Q330 160 340 200Q356 250 340 300Q334 322 306 322L94 322Q66 322 60 300Q44 250 60 200Z',
    main,
  ) +
  dim('M290 160Q330 160 340 200Q356 250 340 300Q334 322 306 322L272 322Q320 240 290 160Z', 0.16) +
  line('M92 178L308 178', deep, 6) +
  disc(116, 178, 8, accent) +
  fill('M118 162H146V322H118ZM254 162H282V322H254Z', dark) +
  box(164, 222, 72, 62, 10, deep) +
  box(174, 236, 52, 16, 4, accent) +
  glow('M74 206Q80 178 106 172L92 300Q66 280 74 206Z', 0.25) +
  line('M180 270H220', pale, 5)

const waistPack: Sketch = ({ main, dark, accent, ink, pale, deep }) =>
  `<ellipse cx="200" cy="168" rx="150" ry="62" fill="none" stroke="${ink}" stroke-width="16"/>` +
  fill('M92 196Q200 172 308 196L300 276Q282 308 200 310Q118 308 100 276Z', main) +
  dim('M260 188L308 196L300 276Q282 308 220 310Q264 262 260 188Z', 0.16) +
  line('M112 216Q200 196 288 216', deep, 6) +
  disc(276, 213, 8, accent) +
  fill('M140 238Q200 226 260 238L254 278Q200 292 146 278Z', dark) +
  line('M160 260L240 260', pale, 5) +
  box(180, 94, 40, 26, 6, accent)

const poles: Sketch = ({ main, dark, accent, ink, steel }) => {
  const pole = (x: number, tilt: number): string =>
    turned(
      tilt,
      x,
      200,
      line(`M${x} 70V210`, main, 12) +
        line(`M${x} 210V330`, steel, 8) +
        line(`M${x} 330V350`, ink, 5) +
        box(x - 11, 44, 22, 62, 10, ink) +
        box(x - 9, 108, 18, 18, 4, accent) +
        box(x - 9, 198, 18, 26, 5, dark) +
        oval(x, 322, 22, 6, ink) +
        line(`M${x - 8} 56Q${x - 36} 86 ${x - 6} 104`, accent, 5),
    )
  return pole(150, -12) + pole(250, 12) + gleam('M137 130L128 190', 0.4, 3)
}

const tent: Sketch = ({ main, light, dark, deep, accent, pale }) =>
  line('M34 318L120 230M366 318L300 230', pale, 3) +
  fill('M60 312Q90 120 176 96Q262 104 340 312Z', main) +
  fill('M176 96Q262 104 340 312L226 312Q234 190 176 96Z', dark) +
  fill('M112 312Q130 190 176 130Q214 200 220 312Z', deep) +
  fill('M176 130Q150 200 150 312L112 312Q130 190 176 130Z', light) +
  line('M60 312Q90 120 176 96Q262 104 340 312', accent, 7) +
  line('M176 96Q234 190 226 312', accent, 5) +
  glow('M84 290Q104 170 156 118Q120 190 108 290Z', 0.25) +
  fill('M252 176Q272 196 284 226L258 220Z', pale)

const familyTent: Sketch = ({ main, light, dark, deep, accent, pale }) =>
  fill('M24 308Q36 150 96 124L262 112Q350 134 376 308Z', main) +
  fill('M262 112Q350 134 376 308L262 308Q276 200 262 112Z', dark) +
  fill('M96 124L262 112Q274 170 270 214L70 220Q78 150 96 124Z', light) +
  fill('M116 308Q116 196 166 190Q216 196 216 308Z', deep) +
  fill('M166 190Q150 240 150 308L116 308Q116 196 166 190Z', accent) +
  line('M24 308Q36 150 96 124M262 112Q350 134 376 308M262 112Q278 200 262 308', accent, 6) +
  fill('M292 180Q330 190 344 250L292 250Z', pale) +
  seam('M318 186L318 250M292 216L338 216', 0.4, 3) +
  dim('M24 300H376V308H24Z', 0.25)

const tarp: Sketch = ({ main, light, dark, accent, ink, pale }) =>
  line('M84 326L84 96M316 326L316 96', '#9a7b55', 9) +
  line('M84 96L30 320M316 96L372 320', pale, 3) +
  fill('M84 96L316 96L368 238Q200 214 32 238Z', main) +
  fill('M84 96L316 96L200 150Z', light) +
  fill('M316 96L368 238Q300 222 240 222Z', dark) +
  seam('M140 96L110 228M200 96L200 222M260 96L290 228', 0.2, 3) +
  disc(84, 96, 8, accent) +
  disc(316, 96, 8, accent) +
  line('M32 238L20 322M368 238L382 322', ink, 2)

const sleepingBag: Sketch = ({ main, light, dark, deep, accent }) =>
  turned(
    14,
    200,
    200,
    fill(
      'M136 92Q140 40 200 38Q260 40 264 92L284 150Q286 260 250 340Q200 362 150 340Q114 260 116 150Z',
      main,
    ) +
      fill('M150 98Q154 60 200 58Q246 60 250 98Q244 130 200 132Q156 130 150 98Z', deep) +
      fill('M166 102Q168 76 200 74Q232 76 234 102Q230 120 200 122Q170 120 166 102Z', light) +
      [164, 202, 240, 278, 312]
        .map((y) =>
          seam(
            `M${120 + (y - 164) * 0.14} ${y}Q200 ${y + 20} ${280 - (y - 164) * 0.14} ${y}`,
            0.25,
            4,
          ),
        )
        .join('') +
      line('M234 132Q254 180 244 262', accent, 7) +
      dim('M250 110L284 150Q286 260 250 340L226 348Q270 230 250 110Z', 0.16) +
      glow('M130 160Q134 150 146 146L142 280Q130 220 130 160Z', 0.3) +
      line('M136 92Q140 40 200 38Q260 40 264 92', dark, 6),
  )

const airMat: Sketch = ({ main, light, dark, accent, ink }) =>
  turned(
    18,
    200,
    200,
    box(118, 34, 164, 330, 40, dark) +
      [0, 1, 2, 3, 4, 5, 6, 7]
        .map((n) =>
          box(124, 42 + n * 39, 152, 36, 16, n === 0 ? accent : n % 2 === 0 ? main : light),
        )
        .join('') +
      `<rect x="134" y="48" width="22" height="300" rx="11" fill="#fff" opacity="0.16"/>` +
      disc(262, 346, 9, ink),
  )

const hammock: Sketch = ({ main, light, dark, accent, ink }) =>
  line('M44 60L44 330M356 60L356 330', '#8a6a48', 24) +
  line('M50 110L92 164M350 110L308 164', ink, 6) +
  fill('M88 158Q110 300 200 304Q290 300 312 158Q270 236 200 240Q130 236 88 158Z', main) +
  fill('M88 158Q130 236 200 240Q270 236 312 158Q280 262 200 266Q120 262 88 158Z', light) +
  fill(
    'M108 200Q140 258 200 262Q260 258 292 200Q286 222 276 236Q246 274 200 276Q154 274 124 236Z',
    accent,
  ) +
  dim('M200 304Q290 300 312 158Q300 220 260 268Q234 292 200 304Z', 0.18) +
  line('M36 110H54M346 110H364', dark, 10)

const compass: Sketch = ({ main, dark, accent, pale, ink }) =>
  line('M150 90Q90 40 60 110Q50 170 90 190', accent, 9) +
  box(92, 92, 216, 232, 26, '#d9e6ec') +
  box(108, 108, 184, 200, 16, '#eef5f8') +
  line(
    'M124 282H276M124 270V294M150 274V290M176 274V290M202 274V290M228 274V290M254 274V290',
    dark,
    3,
  ) +
  disc(200, 188, 78, main) +
  disc(200, 188, 64, pale) +
  Array.from({ length: 12 }, (_, n) => turned(n * 30, 200, 188, box(198, 128, 4, 11, 1, ink))).join(
    '',
  ) +
  turned(
    28,
    200,
    188,
    fill('M200 134L213 188H187Z', '#d93a3a') + fill('M200 242L213 188H187Z', dark),
  ) +
  disc(200, 188, 8, ink) +
  glow('M144 170Q152 134 188 128Q160 150 156 196Z', 0.5)

const pegs: Sketch = ({ main, accent, steel, dark }) =>
  [0, 1, 2, 3, 4]
    .map((n) =>
      turned(
        -24 + n * 12,
        200,
        360,
        fill(`M192 112H208L206 300L200 336L194 300Z`, n % 2 === 0 ? main : steel) +
          line('M192 112Q180 84 200 78Q216 82 210 100', n % 2 === 0 ? dark : main, 8) +
          ring(200, 126, 6, accent, 4),
      ),
    )
    .join('')

const carabiner: Sketch = ({ main, dark, accent, steel }) => {
  const one =
    line(
      'M140 90Q146 60 196 62Q254 70 258 130L246 270Q238 318 190 316Q150 310 148 274Z',
      main,
      22,
    ) +
    line('M142 110L150 262', steel, 15) +
    gleam('M160 74Q220 62 244 120', 0.5, 6) +
    box(132, 150, 28, 60, 8, accent)
  return `<g transform="translate(76 6) scale(0.95)">${turned(16, 200, 190, one.replaceAll(main, dark))}</g><g transform="translate(-44 0)">${turned(-10, 200, 190, one)}</g>`
}

const ropeCoil: Sketch = ({ main, light, dark, accent }) =>
  [112, 98, 84, 70]
    .map(
      (r, at) =>
        `<ellipse cx="200" cy="${186 + at * 5}" rx="${r}" ry="${r * 1.06}" fill="none" stroke="${at % 2 === 0 ? main : dark}" stroke-width="15"/><ellipse cx="200" cy="${186 + at * 5}" rx="${r}" ry="${r * 1.06}" fill="none" stroke="${light}" stroke-width="5" stroke-dasharray="7 12"/>`,
    )
    .join('') +
  line('M186 74L186 134M202 72L202 136M218 74L218 134', accent, 14) +
  line('M230 296Q300 330 340 300', main, 15)

const climbingHarness: Sketch = ({ main, dark, accent, ink, steel }) =>
  `<ellipse cx="200" cy="120" rx="120" ry="46" fill="none" stroke="${main}" stroke-width="34"/>` +
  `<ellipse cx="138" cy="258" rx="62" ry="52" fill="none" stroke="${dark}" stroke-width="26"/><ellipse cx="262" cy="258" rx="62" ry="52" fill="none" stroke="${dark}" stroke-width="26"/>` +
  line('M200 160L200 232', accent, 20) +
  line('M200 232L170 216M200 232L230 216', accent, 11) +
  box(176, 148, 48, 30, 6, ink) +
  box(188, 154, 24, 18, 3, steel) +
  line('M96 146Q80 186 116 186M304 146Q320 186 284 186', accent, 7) +
  gleam('M94 106Q140 78 200 78', 0.35, 6)

export const outdoors = {
  backpack,
  daypack,
  'running-vest': runningVest,
  duffel,
  'waist-pack': waistPack,
  poles,
  tent,
  'family-tent': familyTent,
  tarp,
  'sleeping-bag': sleepingBag,
  'air-mat': airMat,
  hammock,
  compass,
  pegs,
  carabiner,
  'rope-coil': ropeCoil,
  harness: climbingHarness,
} satisfies Record<string, Sketch>

import {
  box,
  dim,
  disc,
  fill,
  gleam,
  glow,
  line,
  mirrored,
  oval,
  placed,
  ring,
  roundness,
  seam,
  turned,
  type Sketch,
} from './pen.ts'

const watch: Sketch = ({ main, dark, accent, ink, pale }) =>
  fill('M152 30H248L256 120H144ZM144 280H256L246 372H154Z', main) +
  dim('M222 30H248L256 120H228ZM228 280H256L246 372H220Z', 0.18) +
  seam('M186 50H214M184 66H216M186 330H214M186 346H214', 0.4, 5) +
  disc(200, 200, 100, dark) +
  disc(200, 200, 86, ink) +
  box(296, 186, 20, 28, 6, dark) +
  ring(200, 200, 72, '#3a414d', 7) +
  `<path d="M200 128A72 72 0 1 1 138 236" fill="none" stroke="${accent}" stroke-width="8" stroke-linecap="round"/>` +
  line('M168 180V216M232 180V216M190 182H212L194 216', pale, 7) +
  line('M168 240L184 240L192 228L202 252L210 240H232', accent, 4) +
  glow('M136 170Q150 128 196 120Q160 150 150 200Z', 0.14)

const heartStrap: Sketch = ({ main, dark, accent, ink, pale }) =>
  `<ellipse cx="200" cy="184" rx="156" ry="88" fill="none" stroke="${main}" stroke-width="28"/>` +
  line('M60 150Q110 104 200 104Q290 104 340 150', dark, 6) +
  box(126, 226, 148, 82, 36, ink) +
  fill(
    'M200 290Q168 268 170 250Q174 236 188 240Q196 242 200 250Q204 242 212 240Q226 236 230 250Q232 268 200 290Z',
    accent,
  ) +
  gleam('M144 244Q150 236 166 236', 0.5, 5) +
  disc(142, 266, 6, pale) +
  disc(258, 266, 6, pale)

const stopwatch: Sketch = ({ main, dark, accent, ink, pale }) =>
  line('M176 68Q120 20 200 20Q280 20 224 68', accent, 8) +
  box(184, 58, 32, 42, 8, ink) +
  turned(44, 200, 208, box(188, 76, 24, 30, 6, ink)) +
  disc(200, 214, 112, main) +
  roundness(200, 214, 112) +
  disc(200, 214, 88, pale) +
  Array.from({ length: 12 }, (_, n) =>
    turned(n * 30, 200, 214, box(197, 132, 6, n % 3 === 0 ? 20 : 11, 2, ink)),
  ).join('') +
  turned(52, 200, 214, line('M200 232L200 150', accent, 6)) +
  line('M200 214L168 236', dark, 7) +
  disc(200, 214, 9, ink)

const bikeComputer: Sketch = ({ main, dark, accent, ink }) =>
  line('M20 276Q200 236 380 276', ink, 26) +
  box(176, 244, 48, 40, 8, dark) +
  box(116, 60, 168, 210, 30, main) +
  box(132, 78, 136, 150, 12, '#dfe9e2') +
  line('M148 114H206', '#2b333d', 16) +
  fill('M148 206L176 166L196 184L226 146L252 206Z', accent) +
  line('M222 104H250M222 122H242', '#6b7682', 5) +
  disc(160, 248, 9, dark) +
  disc(240, 248, 9, dark) +
  glow('M124 92Q126 72 146 70L138 240Q124 236 124 220Z', 0.25)

const scale: Sketch = ({ main, light, dark, accent, ink, pale }) =>
  fill('M56 292L344 292L348 312Q346 322 334 322L66 322Q54 322 52 312Z', dark) +
  fill(
    'M92 120H308Q322 122 326 138L348 288Q346 304 330 304H70Q54 304 52 288L74 138Q78 122 92 120Z',
    main,
  ) +
  glow('M96 128H180L90 296H72Q60 294 62 284L82 142Q86 130 96 128Z', 0.2) +
  box(150, 142, 100, 46, 10, ink) +
  line('M172 154V176M190 156H204V174H190ZM220 156V164H232M232 154V176', accent, 5) +
  `<circle cx="130" cy="240" r="26" fill="none" stroke="${light}" stroke-width="6"/><circle cx="270" cy="240" r="26" fill="none" stroke="${light}" stroke-width="6"/>` +
  oval(200, 318, 60, 2, pale)

const earbuds: Sketch = ({ main, light, dark, accent, ink, pale }) => {
  const bud =
    line('M150 190L150 268', main, 26) +
    disc(144, 178, 42, main) +
    roundness(144, 178, 42) +
    fill('M110 150Q92 160 94 186Q98 204 116 206Q104 180 110 150Z', ink) +
    line('M150 262L150 270', accent, 20) +
    gleam('M158 204L158 240', 0.4, 5)
  return (
    box(64, 206, 272, 116, 50, dark) +
    fill('M82 206Q76 96 140 92L260 92Q324 96 318 206Z', light) +
    fill('M100 206Q96 116 146 112L254 112Q304 116 300 206Z', dark) +
    placed(22, -8, 0.86, bud) +
    mirrored(200, placed(22, -8, 0.86, bud)) +
    fill('M64 232H336V272Q332 322 286 322H114Q68 322 64 272Z', main) +
    dim('M270 232H336V272Q332 322 286 322H256Q280 290 270 232Z', 0.14) +
    disc(200, 280, 7, accent) +
    line('M80 244H180', pale, 3)
  )
}

const camera: Sketch = ({ main, dark, accent, ink, steel }) =>
  box(84, 112, 232, 168, 28, main) +
  dim('M84 230H316V252Q316 280 288 280H112Q84 280 84 252Z', 0.2) +
  box(112, 92, 52, 26, 8, accent) +
  disc(232, 196, 70, dark) +
  disc(232, 196, 56, ink) +
  disc(232, 196, 36, '#2f4a78') +
  disc(232, 196, 16, ink) +
  glow('M200 176Q210 156 236 158Q214 170 210 196Z', 0.5) +
  disc(120, 150, 8, '#e2413e') +
  box(106, 182, 42, 60, 8, ink) +
  box(176, 280, 48, 40, 8, steel)

const foot: Sketch = ({ main, dark, accent, ink, pale }) =>
  box(96, 120, 208, 168, 54, main) +
  roundness(200, 204, 10) +
  dim('M96 230H304Q300 288 250 288H150Q100 288 96 230Z', 0.18) +
  glow('M116 170Q120 138 152 134H200Q140 150 132 200Z', 0.3) +
  disc(200, 204, 44, ink) +
  line('M172 204L188 204L196 184L208 226L214 204H230', accent, 6) +
  line('M120 300Q200 330 280 300', dark, 13) +
  disc(268, 160, 7, pale)

const gel: Sketch = ({ main, dark, accent, pale, light }) =>
  turned(
    -9,
    200,
    200,
    fill('M132 70L268 70L280 316L120 316Z', main) +
      fill('M136 60H264L268 86H132Z', dark) +
      seam(
        'M144 62V84M156 62V84M168 62V84M180 62V84M192 62V84M204 62V84M216 62V84M228 62V84M240 62V84M252 62V84',
        0.35,
        3,
      ) +
      fill('M118 300H282V322H118Z', dark) +
      dim('M238 86H268L280 300H246Z', 0.16) +
      glow('M146 96H164L158 292H134Z', 0.3) +
      fill('M124 190L276 150L277 206L122 246Z', accent) +
      line('M150 216L250 190', pale, 9) +
      fill('M204 108L184 140H200L192 166L222 130H206L214 108Z', light),
  )

const bar: Sketch = ({ main, dark, accent, pale, light }) =>
  turned(
    -18,
    200,
    200,
    fill('M56 142L344 142L344 258L56 258Z', main) +
      fill(
        'M40 136L62 142V258L40 264L48 248L40 232L48 216L40 200L48 184L40 168L48 152ZM360 136L338 142V258L360 264L352 248L360 232L352 216L360 200L352 184L360 168L352 152Z',
        dark,
      ) +
      glow('M62 150H338V172H62Z', 0.3) +
      dim('M62 232H338V258H62Z', 0.16) +
      fill('M150 142H264L230 258H116Z', accent) +
      line('M168 186H224M160 210H204', pale, 9) +
      disc(300, 202, 24, light) +
      seam('M82 150V250M94 150V250', 0.25, 3),
  ) +
  placed(
    290,
    292,
    1,
    fill('M-40 -10Q0 -34 40 -8L34 26Q0 34 -38 26Z', '#b9854f') +
      disc(-12, 6, 6, '#7a4a2c') +
      disc(14, 10, 5, '#e5c48f') +
      disc(4, -8, 5, '#7a4a2c'),
  )

const tablets: Sketch = ({ main, dark, accent, pale, light }) =>
  box(142, 62, 92, 34, 12, accent) +
  box(134, 92, 108, 230, 14, main) +
  dim('M214 92H228Q242 92 242 106V308Q242 322 228 322H214Z', 0.18) +
  glow('M146 104H162V310H146Z', 0.3) +
  fill('M134 160H242V250H134Z', pale) +
  fill('M188 174Q160 212 188 236Q216 212 188 174Z', accent) +
  oval(292, 296, 44, 17, dark) +
  oval(292, 288, 44, 17, light) +
  seam('M256 288H328', 0.3, 4) +
  oval(304, 250, 38, 15, dark) +
  oval(304, 243, 38, 15, light)

const pouch: Sketch = ({ main, dark, accent, pale, light }) =>
  fill('M102 70H298L310 300Q304 324 280 324H120Q96 324 90 300Z', main) +
  fill('M102 62H298L299 92H101Z', dark) +
  dim('M252 92H299L310 300Q304 324 280 324H258Z', 0.16) +
  glow('M116 104H136L126 306Q106 304 108 292Z', 0.3) +
  disc(200, 196, 68, pale) +
  fill('M148 204H252Q248 246 200 248Q152 246 148 204Z', accent) +
  line('M176 186Q166 172 178 158M200 184Q190 168 202 152M224 186Q214 172 226 158', light, 6) +
  line('M150 288H250', pale, 8)

const jar: Sketch = ({ main, dark, accent, pale, ink }) =>
  box(112, 62, 176, 62, 16, ink) +
  seam(
    'M130 68V118M150 68V118M170 68V118M190 68V118M210 68V118M230 68V118M250 68V118M270 68V118',
    0.5,
    4,
  ) +
  box(98, 118, 204, 206, 26, main) +
  dim('M250 118H276Q302 118 302 144V298Q302 324 276 324H250Z', 0.18) +
  glow('M114 138H132V306H114Z', 0.3) +
  fill('M98 170H302V276H98Z', pale) +
  fill('M98 170H302V196H98Z', accent) +
  line('M130 224H240M130 248H204', dark, 9) +
  disc(266, 238, 18, accent)

const shaker: Sketch = ({ main, light, dark, accent, ink }) =>
  turned(12, 236, 70, box(214, 48, 52, 26, 9, accent)) +
  fill('M140 78H260L266 128H134Z', ink) +
  `<g opacity="0.93">${fill('M138 126H262L250 310Q246 326 230 326H170Q154 326 150 310Z', light)}</g>` +
  fill('M143 206H257L250 310Q246 326 230 326H170Q154 326 150 310Z', main) +
  line('M224 156H244M228 180H244M224 204H242M228 228H242M224 252H240M226 276H238', dark, 4) +
  glow('M152 140H168L176 314Q162 312 160 302Z', 0.4) +
  ring(196, 270, 24, ink, 4) +
  ring(196, 270, 12, ink, 3)

const insoles: Sketch = ({ main, accent, light, pale }) => {
  const one =
    fill(
      'M140 50Q184 52 186 120Q184 170 170 214Q176 300 148 330Q116 334 108 296Q104 250 108 210Q90 150 96 110Q104 52 140 50Z',
      main,
    ) +
    fill('M110 240Q140 226 172 240Q172 304 148 326Q118 328 112 292Z', accent) +
    dim('M170 76Q186 90 186 120Q184 170 170 214Q176 300 148 330Q168 220 170 76Z', 0.16) +
    [0, 1, 2, 3]
      .map((n) => [0, 1, 2].map((m) => disc(122 + m * 20, 90 + n * 20, 4, light)).join(''))
      .join('') +
    oval(142, 280, 16, 26, pale)
  return (
    turned(-8, 140, 200, `<g transform="translate(-20 0)">${one}</g>`) +
    turned(
      8,
      260,
      200,
      `<g transform="translate(22 0)"><g transform="translate(378 0) scale(-1 1)">${one}</g></g>`,
    )
  )
}

const tape: Sketch = ({ main, light, dark, pale, accent }) =>
  fill('M168 318H352Q362 316 356 306L342 282H190Z', main) +
  disc(184, 200, 120, dark) +
  disc(176, 196, 120, main) +
  ring(176, 196, 104, light, 4) +
  ring(176, 196, 88, dark, 3) +
  roundness(176, 196, 120) +
  disc(176, 196, 58, pale) +
  disc(176, 196, 46, '#c9a877') +
  disc(180, 200, 40, '#7d6547') +
  line('M270 292H334', accent, 6)

const wax: Sketch = ({ main, dark, light, accent, pale }) =>
  fill('M90 170L230 130L330 166L190 212Z', light) +
  fill('M90 170L190 212V308L90 262Z', main) +
  fill('M190 212L330 166V258L190 308Z', dark) +
  fill('M116 206L166 228V262L116 240Z', pale) +
  line('M226 222L296 198M226 248L276 230', accent, 9) +
  glow('M110 170L226 138L250 146L130 180Z', 0.3)

export const small = {
  watch,
  'heart-strap': heartStrap,
  stopwatch,
  'bike-computer': bikeComputer,
  scale,
  earbuds,
  camera,
  sensor: foot,
  gel,
  bar,
  tablets,
  pouch,
  jar,
  shaker,
  insoles,
  tape,
  wax,
} satisfies Record<string, Sketch>

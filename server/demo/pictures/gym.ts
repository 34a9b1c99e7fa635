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
  roundness,
  seam,
  turned,
  type Sketch,
} from './pen.ts'

const dumbbell: Sketch = ({ main, dark, deep, accent, steel }) => {
  const one =
    box(120, 186, 160, 30, 10, steel) +
    gleam('M140 194L262 194', 0.6, 5) +
    seam(
      'M160 188L160 214M176 188L176 214M192 188L192 214M208 188L208 214M224 188L224 214M240 188L240 214',
      0.25,
      3,
    ) +
    fill('M72 150L92 126L128 126L148 150L148 252L128 276L92 276L72 252Z', main) +
    fill('M252 150L272 126L308 126L328 150L328 252L308 276L272 276L252 252Z', main) +
    fill(
      'M112 126L128 126L148 150L148 252L128 276L112 276ZM292 126L308 126L328 150L328 252L308 276L292 276Z',
      dark,
    ) +
    fill('M72 184L148 184L148 218L72 218ZM252 184L328 184L328 218L252 218Z', accent) +
    glow(
      'M80 154L94 136L104 136L90 156L90 180L80 180ZM260 154L274 136L284 136L270 156L270 180L260 180Z',
      0.3,
    ) +
    line('M148 160L148 242M252 160L252 242', deep, 5)
  return (
    placed(66, -22, 0.82, turned(-24, 200, 200, one.replaceAll(main, dark))) +
    placed(4, 44, 1, turned(8, 200, 200, one))
  )
}

const kettlebell: Sketch = ({ main, dark, deep, accent, pale }) =>
  line('M136 214L120 112Q122 66 160 62L240 62Q278 66 280 112L264 214', deep, 32) +
  line('M134 204L120 112Q124 72 160 66L240 66', main, 22) +
  disc(200, 224, 96, main) +
  fill('M124 300L276 300L286 320L114 320Z', deep) +
  roundness(200, 224, 96) +
  disc(200, 228, 54, accent) +
  ring(200, 228, 44, pale, 4) +
  fill(
    'M178 244L178 214L190 204L190 228L212 204L226 204L204 228L228 252L212 252L194 234L190 252Z',
    pale,
  ) +
  line('M118 318L282 318', dark, 5)

const barbell: Sketch = ({ main, accent, steel, steelDark, ink }) =>
  box(20, 196, 360, 13, 6, steel) +
  gleam('M130 199L270 199', 0.7, 4) +
  box(62, 192, 60, 21, 5, steelDark) +
  box(278, 192, 60, 21, 5, steelDark) +
  [
    [74, 150, 20, 108, main],
    [96, 124, 24, 158, accent],
    [306, 150, 20, 108, main],
    [280, 124, 24, 158, accent],
  ]
    .map(
      ([x = 0, y = 0, w = 0, h = 0, color = '']) =>
        box(+x, +y, +w, +h, 8, String(color)) +
        dim(`M${+x + +w * 0.6} ${+y + 3}h${+w * 0.35}v${+h - 6}h-${+w * 0.35}Z`, 0.25) +
        gleam(`M${+x + 6} ${+y + 14}v${+h - 60}`, 0.4, 4),
    )
    .join('') +
  box(122, 186, 12, 34, 4, ink) +
  box(266, 186, 12, 34, 4, ink) +
  seam('M150 199L180 199M220 199L250 199', 0.3, 11)

const plate: Sketch = ({ main, dark, deep, accent, pale, steel }) =>
  disc(236, 196, 124, deep) +
  disc(190, 196, 124, main) +
  ring(190, 196, 108, accent, 9) +
  ring(190, 196, 70, dark, 5) +
  roundness(190, 196, 124) +
  disc(190, 196, 38, steel) +
  disc(190, 196, 20, deep) +
  line('M150 112Q190 96 230 112M150 280Q190 296 230 280', pale, 10)

const bench: Sketch = ({ main, dark, ink, accent, steel, steelDark }) =>
  line('M84 316L150 236L316 236M308 316L300 240', steelDark, 14) +
  line('M60 318L116 318M282 318L340 318', ink, 13) +
  line('M180 240L136 180', steel, 12) +
  turned(
    -42,
    170,
    222,
    box(20, 204, 156, 34, 14, main) +
      dim('M30 224H166V238H30Z', 0.2) +
      seam('M60 206V236M100 206V236M140 206V236', 0.2),
  ) +
  box(184, 204, 158, 34, 14, main) +
  dim('M192 224H334V238H192Z', 0.2) +
  seam('M230 206V236M286 206V236', 0.2) +
  line('M196 212L320 212', accent, 5) +
  disc(172, 240, 12, dark) +
  disc(172, 240, 6, steel)

const pullUpBar: Sketch = ({ main, dark, accent, ink, steel }) =>
  fill('M58 60L92 60L92 330L58 330ZM308 60L342 60L342 330L308 330Z', '#c9b08a') +
  fill('M58 60L342 60L342 92L58 92Z', '#d8c19c') +
  line('M92 130L308 130', steel, 15) +
  line('M118 130L118 100M282 130L282 100M118 130L140 176M282 130L260 176', main, 15) +
  line('M140 176L168 176M260 176L232 176', main, 15) +
  line('M132 130L172 130M228 130L268 130', ink, 22) +
  box(84, 114, 18, 34, 5, accent) +
  box(298, 114, 18, 34, 5, accent) +
  gleam('M180 126L220 126', 0.6, 4) +
  line('M146 176L166 176M254 176L234 176', dark, 21)

const bands: Sketch = ({ main, dark, accent, accentDark, light }) => {
  const loop = (x: number, color: string, shade: string, width: number): string =>
    `<ellipse cx="${x}" cy="200" rx="42" ry="118" fill="none" stroke="${shade}" stroke-width="${width}"/><ellipse cx="${x - 5}" cy="197" rx="42" ry="118" fill="none" stroke="${color}" stroke-width="${width * 0.72}"/>`
  return (
    loop(112, accent, accentDark, 15) +
    loop(178, light, main, 23) +
    loop(262, main, dark, 36) +
    gleam('M216 150Q222 100 250 88', 0.35, 6)
  )
}

const jumpRope: Sketch = ({ main, accent, ink, dark, pale }) =>
  line(
    'M132 232Q60 60 190 66Q330 76 300 180Q270 280 200 250Q120 210 190 140Q260 90 268 232',
    main,
    10,
  ) +
  turned(
    14,
    128,
    260,
    box(112, 218, 34, 104, 14, ink) +
      box(114, 236, 30, 20, 4, accent) +
      seam('M114 272H144M114 286H144M114 300H144', 0.6, 4),
  ) +
  turned(
    -14,
    272,
    260,
    box(255, 218, 34, 104, 14, ink) +
      box(257, 236, 30, 20, 4, accent) +
      seam('M257 272H287M257 286H287M257 300H287', 0.6, 4),
  ) +
  gleam('M120 150Q120 90 176 80', 0.4, 4) +
  disc(128, 224, 8, pale) +
  disc(270, 224, 8, dark)

const mat: Sketch = ({ main, light, dark, deep, accent }) =>
  fill('M96 262L352 262L376 318L92 318Z', main) +
  glow('M120 268L346 268L352 282L120 282Z', 0.2) +
  fill('M104 124Q60 128 56 214Q58 306 104 318Q150 310 152 220Q150 130 104 124Z', dark) +
  box(102, 124, 214, 194, 0, main) +
  `<ellipse cx="316" cy="221" rx="40" ry="97" fill="${light}"/>` +
  [32, 24, 16, 8]
    .map(
      (r, at) =>
        `<ellipse cx="316" cy="221" rx="${r}" ry="${r * 2.45}" fill="none" stroke="${at % 2 === 0 ? deep : dark}" stroke-width="4"/>`,
    )
    .join('') +
  fill('M150 124H174V318H150ZM238 124H262V318H238Z', accent) +
  glow('M102 132H316V162H102Z', 0.22) +
  dim('M102 270H316V318H102Z', 0.16)

const block: Sketch = ({ main, light, dark, accent }) =>
  fill('M80 170L220 130L336 168L198 214Z', light) +
  fill('M80 170L198 214L198 320L80 272Z', main) +
  fill('M198 214L336 168L336 272L198 320Z', dark) +
  [
    [110, 210],
    [140, 250],
    [170, 230],
    [120, 262],
    [160, 282],
    [230, 230],
    [270, 250],
    [300, 210],
    [250, 280],
    [220, 150],
    [170, 176],
    [270, 174],
  ]
    .map(([x = 0, y = 0]) => `<circle cx="${x}" cy="${y}" r="4" fill="${accent}" opacity="0.35"/>`)
    .join('') +
  fill('M116 222L164 240L164 256L116 238Z', accent)

const yogaStrap: Sketch = ({ main, dark, light, steel, deep }) =>
  [118, 92, 66, 40]
    .map(
      (r, at) =>
        ring(184, 206, r - 8, at % 2 === 0 ? main : light, 20) + ring(184, 206, r - 18, deep, 1.5),
    )
    .join('') +
  fill('M184 302Q300 310 348 232L366 246Q310 334 184 324Z', main) +
  dim('M184 312Q300 320 356 240L366 246Q310 334 184 324Z', 0.2) +
  turned(
    -34,
    346,
    226,
    `<rect x="322" y="196" width="26" height="46" rx="8" fill="none" stroke="${steel}" stroke-width="8"/><rect x="342" y="196" width="26" height="46" rx="8" fill="none" stroke="${steel}" stroke-width="8"/>`,
  ) +
  seam('M100 150Q140 104 200 110', 0.2, 3) +
  disc(184, 206, 14, dark)

const bolster: Sketch = ({ main, light, dark, accent, deep }) =>
  fill('M96 150H306Q350 160 350 234Q350 310 306 318H96Z', main) +
  dim('M96 270H338Q330 312 306 318H96Z', 0.18) +
  glow('M110 160H306Q320 166 328 184H110Z', 0.25) +
  oval(96, 234, 50, 84, dark) +
  oval(96, 234, 40, 70, light) +
  disc(96, 234, 10, deep) +
  seam(
    'M96 234L96 166M96 234L128 192M96 234L134 240M96 234L124 284M96 234L96 302M96 234L66 284M96 234L58 234M96 234L66 186',
    0.25,
    3,
  ) +
  line('M180 150Q160 234 180 318M286 150Q266 234 286 318', accent, 8) +
  line('M196 168Q230 146 264 168', deep, 9)

const foamRoller: Sketch = ({ main, light, dark, deep, accent }) =>
  turned(
    -16,
    200,
    220,
    box(84, 148, 232, 148, 12, main) +
      [0, 1, 2, 3, 4]
        .map((n) =>
          [0, 1, 2]
            .map((m) =>
              box(100 + n * 44, 158 + m * 46, 32, 34, 8, (n + m) % 2 === 0 ? dark : light),
            )
            .join(''),
        )
        .join('') +
      dim('M84 254H316V296H84Z', 0.2) +
      oval(318, 222, 32, 74, accent) +
      oval(318, 222, 20, 52, deep) +
      oval(84, 222, 20, 74, main) +
      glow('M90 152H306V168H90Z', 0.25),
  )

const abWheel: Sketch = ({ main, dark, deep, accent, ink, steel }) =>
  box(36, 196, 328, 18, 9, steel) +
  box(28, 184, 96, 42, 18, main) +
  box(276, 184, 96, 42, 18, main) +
  seam(
    'M48 190V220M64 190V220M80 190V220M96 190V220M304 190V220M320 190V220M336 190V220M352 190V220',
    0.35,
    4,
  ) +
  `<ellipse cx="222" cy="205" rx="50" ry="112" fill="${ink}"/><ellipse cx="182" cy="205" rx="50" ry="112" fill="${deep}"/><ellipse cx="182" cy="205" rx="36" ry="88" fill="${accent}"/><ellipse cx="182" cy="205" rx="22" ry="52" fill="${dark}"/>` +
  gleam('M150 150Q158 110 178 104', 0.5, 6)

const trainer: Sketch = ({ main, accent, ink, steel, dark }) =>
  line('M200 40L200 96', steel, 10) +
  disc(200, 100, 15, ink) +
  line('M200 104L124 240M200 104L276 240', main, 16) +
  line('M166 166L156 184M234 166L244 184', accent, 17) +
  line('M124 240L92 304L156 304ZM276 240L244 304L308 304Z', dark, 9) +
  line('M94 306L154 306M246 306L306 306', ink, 20) +
  box(178, 50, 44, 24, 6, accent)

const stepPlatform: Sketch = ({ main, light, dark, accent, ink }) =>
  fill('M64 222L128 166L340 166L336 222Z', light) +
  [0, 1, 2, 3, 4, 5]
    .map((n) => line(`M${100 + n * 36} 208L${140 + n * 33} 180`, main, 9))
    .join('') +
  fill('M64 222L336 222L330 262L72 262Z', main) +
  fill('M336 222L340 166L346 204L330 262Z', dark) +
  fill('M70 258L146 258L154 318L58 318ZM256 258L332 258L346 318L248 318Z', ink) +
  line('M76 288L142 288M262 288L330 288', accent, 12)

const exerciseBike: Sketch = ({ main, dark, accent, ink, steel, deep }) =>
  line('M70 316L150 316M250 316L340 316', ink, 14) +
  line('M110 312L150 230L270 250L296 312', dark, 16) +
  line('M150 232L132 138M262 250L284 104', steel, 14) +
  disc(252, 244, 66, deep) +
  disc(252, 244, 54, main) +
  roundness(252, 244, 54) +
  disc(252, 244, 16, accent) +
  line('M164 250L206 290', ink, 9) +
  box(196, 284, 36, 12, 5, ink) +
  disc(164, 250, 24, dark) +
  fill('M88 130Q124 112 176 128Q178 144 150 146L110 150Q84 146 88 130Z', ink) +
  line('M284 106L236 92L216 108', ink, 13) +
  turned(14, 300, 78, box(278, 56, 58, 40, 8, ink) + box(284, 62, 46, 28, 4, accent))

const treadmill: Sketch = ({ main, dark, ink, accent, steel, pale }) =>
  fill('M40 292L292 272L352 296L352 318L48 320Z', ink) +
  fill('M58 292L286 276L330 292L70 308Z', dark) +
  line('M300 290L262 108M332 290L300 116', steel, 13) +
  line('M262 160L206 176', steel, 12) +
  line('M206 176L176 178', ink, 14) +
  fill('M232 76L326 92L318 132L240 118Z', main) +
  fill('M244 86L304 97L301 114L248 105Z', pale) +
  line('M252 96L270 99M280 102L292 104', accent, 6) +
  line('M48 314L350 310', accent, 5)

const gripTrainer: Sketch = ({ main, dark, accent, steel, ink }) =>
  line('M150 120Q200 40 250 120', steel, 12) +
  line('M164 130Q200 70 236 130', steel, 9) +
  ring(200, 98, 26, steel, 10) +
  turned(12, 140, 220, box(112, 126, 46, 190, 20, main) + dim('M140 130H158V312H140Z', 0.2)) +
  turned(-12, 260, 220, box(242, 126, 46, 190, 20, main) + dim('M270 130H288V312H270Z', 0.25)) +
  line(
    'M110 190L150 196M106 220L146 226M100 250L140 256M290 190L250 196M294 220L254 226M300 250L260 256',
    dark,
    6,
  ) +
  disc(146, 132, 12, accent) +
  disc(254, 132, 12, accent) +
  ring(200, 98, 9, ink, 5)

export const gym = {
  dumbbell,
  kettlebell,
  barbell,
  plate,
  bench,
  'pull-up-bar': pullUpBar,
  bands,
  'jump-rope': jumpRope,
  mat,
  block,
  'yoga-strap': yogaStrap,
  bolster,
  'foam-roller': foamRoller,
  'ab-wheel': abWheel,
  'suspension-trainer': trainer,
  step: stepPlatform,
  'exercise-bike': exerciseBike,
  treadmill,
  'grip-trainer': gripTrainer,
} satisfies Record<string, Sketch>

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

const X = 200
const Y = 204
const R = 116

const around = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => turned((360 / count) * at, X, Y, part(at))).join('')

const football: Sketch = ({ main, accent, deep }) =>
  disc(X, Y, R, main) +
  fill('M200 164L238 192L224 236L176 236L162 192Z', accent) +
  around(
    5,
    () =>
      fill('M174 100Q200 84 226 100L214 126L186 126Z', accent) +
      seam('M200 126L200 164M186 126L148 142M214 126L252 142', 0.5, 3),
  ) +
  roundness(X, Y, R) +
  ring(X, Y, R - 1, deep, 2)

const basketball: Sketch = ({ main, deep, ink }) =>
  disc(X, Y, R, main) +
  line('M200 88L200 320M84 204L316 204', ink, 5) +
  line('M118 122Q176 204 118 286M282 122Q224 204 282 286', ink, 5) +
  roundness(X, Y, R) +
  ring(X, Y, R - 1, deep, 3)

const volleyball: Sketch = ({ main, accent, deep, pale }) =>
  disc(X, Y, R, pale) +
  around(
    3,
    () =>
      fill('M200 204Q186 140 224 92Q270 100 298 142Q246 150 200 204Z', main) +
      fill('M200 204Q192 150 244 97Q258 102 268 110Q220 150 200 204Z', accent) +
      seam(
        'M200 204Q186 140 224 92M200 204Q192 150 244 97M200 204Q220 150 268 110M200 204Q246 150 298 142',
        0.35,
        3,
      ),
  ) +
  roundness(X, Y, R) +
  ring(X, Y, R - 1, deep, 2)

const handball: Sketch = ({ main, accent, deep, pale }) =>
  disc(X, Y, R, main) +
  around(
    6,
    (at) =>
      fill('M200 204L176 152Q200 118 224 152Z', at % 2 === 0 ? accent : pale) +
      seam('M176 152Q158 118 172 92M224 152Q242 118 228 92', 0.35, 3),
  ) +
  fill('M200 180L221 192L221 216L200 228L179 216L179 192Z', deep) +
  roundness(X, Y, R)

const medicineBall: Sketch = ({ main, dark, accent, ink }) =>
  disc(X, Y, R, main) +
  around(
    4,
    () =>
      fill('M160 97Q200 82 240 97L222 172L178 172Z', dark) +
      line('M178 130L222 130M182 150L218 150', ink, 3),
  ) +
  disc(X, Y, 42, ink) +
  disc(X, Y, 32, accent) +
  roundness(X, Y, R)

const gymBall: Sketch = ({ main, light, dark }) =>
  disc(X, 190, 132, main) +
  [0, 1, 2, 3, 4]
    .map(
      (n) =>
        `<ellipse cx="200" cy="190" rx="132" ry="${20 + n * 24}" fill="none" stroke="${n % 2 === 0 ? light : dark}" stroke-width="4" opacity="0.7"/>`,
    )
    .join('') +
  roundness(X, 190, 132) +
  disc(248, 214, 6, dark)

const tennisBall = (x: number, y: number, r: number, color: string): string =>
  disc(x, y, r, color) +
  line(
    `M${x - r * 0.86} ${y - r * 0.5}Q${x - r * 0.1} ${y} ${x - r * 0.86} ${y + r * 0.5}M${x + r * 0.86} ${y - r * 0.5}Q${x + r * 0.1} ${y} ${x + r * 0.86} ${y + r * 0.5}`,
    '#f5f6f8',
    r * 0.1,
  ) +
  roundness(x, y, r)

const tennisBalls: Sketch = ({ main, accent, ink, deep }) =>
  `<g opacity="0.96">${box(78, 72, 104, 250, 16, ink)}</g>` +
  fill('M78 150L182 150L182 262L78 262Z', accent) +
  disc(130, 206, 36, main) +
  line('M100 188Q128 206 100 224M160 188Q132 206 160 224', '#f5f6f8', 4) +
  box(72, 62, 116, 26, 10, deep) +
  glow('M90 92L104 92L104 316L90 316Z', 0.2) +
  tennisBall(246, 272, 48, main) +
  tennisBall(316, 286, 36, main) +
  tennisBall(280, 200, 40, main)

const strings = (
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  step: number,
  color: string,
): string => {
  const lines: string[] = []
  for (let at = -rx + step; at < rx; at += step) {
    const half = ry * Math.sqrt(1 - (at / rx) ** 2)
    lines.push(`M${cx + at} ${Math.round(cy - half)}V${Math.round(cy + half)}`)
  }
  for (let at = -ry + step; at < ry; at += step) {
    const half = rx * Math.sqrt(1 - (at / ry) ** 2)
    lines.push(`M${Math.round(cx - half)} ${cy + at}H${Math.round(cx + half)}`)
  }
  return line(lines.join(''), color, 1.6)
}

const racket = (
  { main, accent, ink, dark, steel }: Parameters<Sketch>[0],
  isTennis: boolean,
): string => {
  const [rx, ry, width, step] = isTennis ? [74, 94, 15, 13] : [58, 72, 8, 10]
  return turned(
    32,
    200,
    200,
    strings(200, 108, rx, ry, step, isTennis ? '#e9edf2' : '#dfe6ee') +
      `<ellipse cx="200" cy="108" rx="${rx}" ry="${ry}" fill="none" stroke="${main}" stroke-width="${width}"/>` +
      `<path d="M${200 - rx} 108A${rx} ${ry} 0 0 1 200 ${108 - ry}" fill="none" stroke="${accent}" stroke-width="${width}"/>` +
      `<path d="M${200 + rx} 108A${rx} ${ry} 0 0 1 200 ${108 + ry}" fill="none" stroke="${dark}" stroke-width="${width}"/>` +
      (isTennis
        ? line('M160 186L194 262M240 186L206 262', main, 13) +
          box(188, 254, 24, 112, 9, ink) +
          box(186, 250, 28, 20, 6, accent)
        : box(196, 178, 8, 110, 3, steel) +
          fill('M184 186L216 186L205 200L195 200Z', main) +
          box(190, 282, 20, 88, 8, ink) +
          box(192, 270, 16, 18, 4, accent)) +
      seam(
        isTennis
          ? 'M190 290L210 298M190 312L210 320M190 334L210 342'
          : 'M192 302L208 308M192 322L208 328M192 342L208 348',
        0.5,
        3,
      ) +
      gleam(
        `M${200 - rx + 4} 90A${rx - 4} ${ry - 4} 0 0 1 ${200 - rx / 2} ${108 - ry * 0.82}`,
        0.5,
        4,
      ),
  )
}

const tennisRacket: Sketch = (tones) => racket(tones, true) + tennisBall(304, 292, 30, '#d5e04a')

const shuttle = (color: string, base: string, trim: string): string =>
  fill('M-40 -84Q0 -98 40 -84L20 40L-20 40Z', color) +
  seam('M-26 -88L-12 40M-8 -92L-4 40M10 -92L5 40M27 -88L13 40', 0.25, 3) +
  line('M-31 -30Q0 -22 31 -30M-26 0Q0 8 26 0', trim, 4) +
  fill('M-22 36L22 36Q26 74 0 76Q-26 74 -22 36Z', base) +
  box(-23, 34, 46, 11, 4, trim)

const badmintonRacket: Sketch = (tones) =>
  racket(tones, false) +
  placed(308, 256, 0.7, turned(30, 0, 0, shuttle('#f7f8fa', '#e4d3b2', tones.accent)))

const shuttlecocks: Sketch = ({ accent, main, accentDark }) =>
  placed(138, 156, 1.05, turned(-18, 0, 0, shuttle(main, '#ead9b8', accent))) +
  placed(268, 176, 1.05, turned(16, 0, 0, shuttle(main, '#ead9b8', accentDark))) +
  placed(196, 232, 1.1, shuttle(main, '#ead9b8', accent))

const tableTennisBat: Sketch = ({ main, dark, accent, pale }) =>
  turned(
    28,
    200,
    200,
    box(182, 232, 36, 124, 12, '#c99a63') +
      seam('M194 262L194 346M206 262L206 346', 0.2, 4) +
      fill(
        'M94 152Q94 50 200 48Q306 50 306 152Q304 226 240 254L222 266L178 266L160 254Q96 226 94 152Z',
        dark,
      ) +
      fill('M104 152Q104 60 200 58Q296 60 296 152Q294 214 240 238L160 238Q106 214 104 152Z', main) +
      fill('M160 238L240 238L222 266L178 266Z', accent) +
      glow('M122 146Q126 84 186 76Q140 104 138 190Q122 172 122 146Z', 0.22),
  ) +
  disc(306, 288, 27, pale) +
  roundness(306, 288, 27)

const tableTennisBalls: Sketch = ({ main, accent, pale }) =>
  [
    [140, 262, 52],
    [256, 266, 52],
    [200, 172, 52],
  ]
    .map(
      ([x = 0, y = 0, r = 0]) =>
        disc(x, y, r, main) +
        line(`M${x - 16} ${y}L${x + 16} ${y}`, accent, 6) +
        roundness(x, y, r),
    )
    .join('') +
  disc(330, 296, 20, pale) +
  roundness(330, 296, 20)

const net: Sketch = ({ main, accent, ink, pale }) =>
  box(62, 96, 14, 228, 6, main) +
  box(324, 96, 14, 228, 6, main) +
  line(
    Array.from({ length: 15 }, (_, n) => `M${84 + n * 16} 140V250`).join('') +
      Array.from({ length: 6 }, (_, n) => `M76 ${156 + n * 18}H324`).join(''),
    ink,
    2,
  ) +
  box(74, 130, 252, 18, 4, pale) +
  box(74, 244, 252, 9, 3, accent) +
  box(40, 314, 58, 12, 5, ink) +
  box(302, 314, 58, 12, 5, ink) +
  disc(69, 94, 10, accent) +
  disc(331, 94, 10, accent)

const goal: Sketch = ({ main, accent, ink, steel }) =>
  line(
    Array.from({ length: 11 }, (_, n) => `M${70 + n * 26} 110L${96 + n * 21} 300`).join('') +
      Array.from({ length: 8 }, (_, n) => `M${70 + n * 3} ${130 + n * 24}H${330 - n * 3}`).join(''),
    steel,
    2,
  ) +
  line('M100 304L300 304L336 322M100 304L64 322', ink, 6) +
  line('M64 322L64 104L336 104L336 322', main, 14) +
  line('M64 200L64 240M336 200L336 240', accent, 14) +
  gleam('M62 112L62 190', 0.5, 4)

const cones: Sketch = ({ main, accent, dark, pale }) => {
  const cone = (color: string, shade: string): string =>
    fill('M-14 -110L14 -110L52 0L-52 0Z', color) +
    fill('M-30 -64L30 -64L40 -34L-40 -34Z', pale) +
    dim('M4 -110L14 -110L52 0L18 0Z', 0.18) +
    box(-70, -6, 140, 18, 7, shade)
  return (
    placed(130, 260, 1.1, cone(accent, dark)) +
    placed(282, 268, 1, cone(main, dark)) +
    placed(204, 314, 1.35, cone(main, dark))
  )
}

const whistle: Sketch = ({ main, dark, accent, ink, deep }) =>
  line('M136 152Q70 60 160 60Q300 40 320 130', accent, 9) +
  fill('M150 160L352 160L352 206L238 214Q246 300 172 306Q98 302 98 232Q100 178 150 160Z', main) +
  disc(172, 234, 46, dark) +
  disc(172, 234, 28, deep) +
  disc(182, 242, 14, accent) +
  fill('M222 160L268 160L256 186L236 186Z', ink) +
  gleam('M128 190Q142 170 168 172L214 172', 0.5, 7) +
  disc(136, 156, 12, ink)

const hoop: Sketch = ({ main, accent, pale, steel }) =>
  box(60, 60, 280, 176, 14, pale) +
  `<rect x="66" y="66" width="268" height="164" rx="10" fill="none" stroke="${main}" stroke-width="9"/>` +
  `<rect x="150" y="122" width="100" height="78" fill="none" stroke="${main}" stroke-width="7"/>` +
  line(
    'M144 226L160 312M170 232L176 318M200 234L200 320M230 232L224 318M256 226L240 312M148 252Q200 268 252 252M154 284Q200 298 246 284',
    steel,
    4,
  ) +
  `<ellipse cx="200" cy="226" rx="60" ry="17" fill="none" stroke="${accent}" stroke-width="11"/>` +
  glow('M76 76L160 76L92 200L76 200Z', 0.5)

const shinGuards: Sketch = ({ main, dark, accent, pale, ink }) => {
  const one =
    fill('M104 78Q146 62 186 78L178 270Q168 318 145 320Q122 318 112 270Z', main) +
    dim('M160 70L186 78L178 270Q168 318 148 320Q164 200 160 70Z', 0.16) +
    fill('M118 100L146 138L174 100L172 138L146 178L120 138Z', accent) +
    line('M110 214L182 214', ink, 14) +
    line('M128 190L128 120', pale, 5) +
    seam('M128 240Q146 250 166 240', 0.3) +
    glow('M114 92L124 88L130 270L120 262Z')
  return one + `<g transform="translate(116 4)">${one}</g>` + line('M226 214L298 214', dark, 4)
}

const keeperGloves: Sketch = ({ main, dark, accent, pale, ink }) => {
  const one =
    fill(
      'M70 200L62 118Q62 98 78 98Q92 98 94 116L100 160L100 86Q100 66 117 66Q133 66 133 86L136 156L144 84Q148 66 163 70Q178 74 176 92L172 164L184 130Q192 116 204 122Q214 130 210 146L188 232L182 262L86 262Z',
      main,
    ) +
    fill('M98 180Q136 166 172 182L166 232Q134 220 104 232Z', accent) +
    line('M78 112L82 150M117 82L117 140M160 86L154 146M200 134L190 168', pale, 9) +
    fill('M82 256L186 256L192 318L78 318Z', ink) +
    line('M80 288L190 288', accent, 14) +
    dim('M172 164L184 130Q192 116 204 122Q214 130 210 146L188 232L182 262L158 262Z', 0.15)
  return (
    `<g transform="translate(-30 0)">${one}</g><g transform="translate(6 0)">${mirrored(200, one)}</g>` +
    seam('M60 300L150 300', 0.1) +
    line('M88 236L140 236', dark, 3)
  )
}

const kneePads: Sketch = ({ main, dark, accent, deep, pale }) => {
  const one =
    fill('M72 84Q128 70 182 84L176 318Q128 330 80 318Z', main) +
    dim('M150 78L182 84L176 318L150 323Z', 0.18) +
    oval(127, 196, 44, 66, deep) +
    oval(127, 196, 36, 57, accent) +
    seam('M100 172Q127 160 154 172M96 196Q127 184 158 196M100 220Q127 208 154 220', 0.3, 4) +
    line('M74 98Q128 84 180 98M80 304Q128 316 176 304', pale, 6)
  return one + `<g transform="translate(146 0)">${one}</g>` + line('M222 320L322 320', dark, 2)
}

export const games = {
  football,
  basketball,
  volleyball,
  handball,
  'medicine-ball': medicineBall,
  'gym-ball': gymBall,
  'tennis-balls': tennisBalls,
  'tennis-racket': tennisRacket,
  'badminton-racket': badmintonRacket,
  shuttlecocks,
  'table-tennis-bat': tableTennisBat,
  'table-tennis-balls': tableTennisBalls,
  net,
  goal,
  cones,
  whistle,
  hoop,
  'shin-guards': shinGuards,
  'keeper-gloves': keeperGloves,
  'knee-pads': kneePads,
} satisfies Record<string, Sketch>

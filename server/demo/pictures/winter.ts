import { box, dim, disc, fill, gleam, glow, line, oval, seam, turned, type Sketch } from './pen.ts'

const skiHelmet: Sketch = ({ main, dark, deep, accent, ink }) =>
  fill(
    'M80 226Q70 76 204 72Q334 76 330 214L326 244L274 240L262 300Q240 318 216 300L208 248Q150 232 84 244Z',
    main,
  ) +
  fill('M208 248L330 240L318 288Q300 316 270 312Q240 318 216 300Z', ink) +
  fill('M82 232Q150 214 214 232L214 250Q150 236 84 252Z', accent) +
  dim('M262 88Q334 124 330 214L326 240L282 240Q306 160 262 88Z', 0.16) +
  glow('M102 190Q104 110 172 90Q130 130 126 206Z', 0.35) +
  line('M170 92L190 118M196 88L214 114M222 90L238 114', deep, 9) +
  line('M280 312Q250 346 212 334', ink, 8) +
  disc(292, 270, 15, dark)

const skiGoggles: Sketch = ({ main, dark, accent, ink, light }) =>
  fill('M16 176L76 160L76 236L16 220ZM384 176L324 160L324 236L384 220Z', dark) +
  line('M20 198L74 198M326 198L380 198', accent, 12) +
  fill(
    'M62 166Q66 122 112 118Q200 108 288 118Q334 122 338 166Q340 240 294 260Q252 276 224 250Q200 226 176 250Q148 276 106 260Q60 240 62 166Z',
    ink,
  ) +
  fill(
    'M80 168Q84 138 116 136Q200 126 284 136Q316 138 320 168Q320 226 286 242Q254 252 232 230Q200 204 168 230Q146 252 114 242Q80 226 80 168Z',
    main,
  ) +
  `<path d="M96 168Q100 150 124 148L196 144L130 236Q96 222 96 168Z" fill="#fff" opacity="0.32"/><path d="M216 144L250 144L190 214Q178 218 168 226Z" fill="#fff" opacity="0.22"/>` +
  dim('M320 168Q320 226 286 242Q254 252 232 230Q296 220 320 168Z', 0.2) +
  line('M84 150Q200 112 316 150', light, 4)

const skis: Sketch = ({ main, dark, accent, ink, pale, steel }) => {
  const ski = (x: number): string =>
    fill(
      `M${x - 20} 58Q${x} 18 ${x + 20} 58L${x + 15} 190L${x + 20} 352Q${x} 362 ${x - 20} 352L${x - 15} 190Z`,
      main,
    ) +
    fill(
      `M${x - 18} 92L${x + 18} 76L${x + 17} 120L${x - 17} 136ZM${x - 16} 270L${x + 16} 254L${x + 18} 300L${x - 18} 316Z`,
      accent,
    ) +
    fill(`M${x + 6} 34Q${x + 16} 44 ${x + 20} 58L${x + 15} 190L${x + 20} 352L${x + 8} 357Z`, dark) +
    box(x - 16, 176, 32, 26, 6, ink) +
    box(x - 14, 212, 28, 32, 6, ink) +
    box(x - 8, 182, 16, 12, 3, steel) +
    line(`M${x - 8} 150L${x - 8} 168`, pale, 4)
  return (
    turned(-7, 160, 200, ski(150)) +
    turned(7, 250, 200, ski(226)) +
    line('M306 96L322 336M92 96L78 336', ink, 6) +
    disc(321, 322, 13, accent) +
    disc(79, 322, 13, accent) +
    box(298, 70, 16, 40, 7, accent) +
    box(84, 70, 16, 40, 7, accent)
  )
}

const crossCountrySkis: Sketch = ({ main, dark, accent, ink, pale, steel }) => {
  const ski = (x: number): string =>
    fill(
      `M${x - 9} 66Q${x - 4} 22 ${x + 10} 26Q${x + 10} 44 ${x + 9} 66L${x + 9} 366L${x - 9} 366Z`,
      main,
    ) +
    fill(`M${x - 9} 96H${x + 9}V156H${x - 9}ZM${x - 9} 300H${x + 9}V340H${x - 9}Z`, accent) +
    box(x - 10, 206, 20, 44, 5, ink) +
    line(`M${x} 214V226`, steel, 6) +
    fill(`M${x + 3} 40H${x + 9}V366H${x + 3}Z`, dark)
  return (
    turned(-8, 150, 200, ski(150)) +
    turned(2, 200, 200, ski(198)) +
    line('M258 70L276 360M302 70L320 360', pale, 6) +
    line('M258 70L260 110M302 70L304 110', ink, 13) +
    line('M266 346L284 344M310 346L328 344', accent, 7)
  )
}

const snowboard: Sketch = ({ main, dark, accent, ink, pale, steel }) =>
  turned(
    16,
    200,
    200,
    fill(
      'M146 84Q150 26 200 26Q250 26 254 84L246 200L254 316Q250 374 200 374Q150 374 146 316L154 200Z',
      main,
    ) +
      fill('M150 100L250 60L252 100L151 142ZM150 290L250 246L252 290L150 336Z', accent) +
      dim('M222 30Q250 40 254 84L246 200L254 316Q250 360 222 372Q240 200 222 30Z', 0.18) +
      [134, 256]
        .map((y) =>
          turned(
            y < 200 ? -12 : 12,
            200,
            y,
            box(152, y - 18, 96, 36, 12, ink) +
              line(`M164 ${y - 14}Q200 ${y - 30} 236 ${y - 14}`, dark, 8) +
              box(188, y - 8, 24, 16, 4, steel),
          ),
        )
        .join('') +
      line('M184 190L216 210M216 190L184 210', pale, 7) +
      glow('M162 90Q166 52 188 44L180 100Z', 0.3),
  )

const sled: Sketch = ({ main, dark, accent, ink, light }) =>
  line('M62 318L290 318Q370 316 374 234', ink, 13) +
  line('M110 316L122 260M230 316L236 256', ink, 10) +
  fill(
    'M44 226Q46 206 70 206L292 200Q350 190 372 140Q388 130 392 150Q384 236 310 262L82 268Q44 266 44 226Z',
    main,
  ) +
  fill('M44 236Q150 250 310 238Q366 222 392 150Q384 236 310 262L82 268Q46 266 44 236Z', dark) +
  fill('M92 212L130 210L128 260L92 262ZM214 206L250 204L252 258L214 260Z', accent) +
  glow('M70 212L200 208L200 222L64 226Z', 0.3) +
  line('M376 160Q330 90 250 110', light, 6)

const snowshoes: Sketch = ({ main, dark, accent, ink, pale }) => {
  const one =
    fill(
      'M150 60Q196 62 200 130Q204 200 186 270Q168 330 150 334Q132 330 114 270Q96 200 100 130Q104 62 150 60Z',
      dark,
    ) +
    `<path d="M150 60Q196 62 200 130Q204 200 186 270Q168 330 150 334Q132 330 114 270Q96 200 100 130Q104 62 150 60Z" fill="none" stroke="${main}" stroke-width="13"/>` +
    seam('M112 110H188M108 250L192 250M124 290H176', 0.5, 4) +
    box(122, 144, 56, 88, 16, ink) +
    line('M118 166H182M118 206H182', accent, 11) +
    box(140, 238, 20, 22, 4, pale)
  return (
    turned(-10, 130, 200, `<g transform="translate(-28 0)">${one}</g>`) +
    turned(10, 270, 200, `<g transform="translate(124 4)">${one}</g>`)
  )
}

const shoeSpikes: Sketch = ({ main, dark, steel, steelDark, accent }) =>
  `<path d="M74 200Q70 120 160 116L270 124Q338 138 336 206Q334 270 268 276L150 282Q78 276 74 200Z" fill="none" stroke="${main}" stroke-width="26"/>` +
  line('M110 150L160 220L230 160L280 230M130 260L190 200L250 262M230 160L300 166', steel, 8) +
  [
    [160, 220],
    [230, 162],
    [190, 202],
    [280, 230],
    [250, 260],
    [130, 258],
  ]
    .map(
      ([x = 0, y = 0]) =>
        fill(`M${x - 14} ${y - 6}H${x + 14}L${x} ${y + 28}Z`, steelDark) +
        fill(`M${x - 14} ${y - 6}H${x}V${y + 28}Z`, steel),
    )
    .join('') +
  gleam('M90 172Q100 136 160 130', 0.35, 7) +
  fill('M60 186L92 186L92 224L52 230Z', accent) +
  line('M330 180L334 220', dark, 8)

const hockeyStick: Sketch = ({ main, dark, accent, ink, pale }) =>
  turned(
    0,
    200,
    200,
    line('M300 44L176 268', main, 17) +
      line('M300 44L270 98', ink, 20) +
      line('M212 204L196 232', pale, 18) +
      fill('M166 262L194 274Q176 318 140 326L74 326Q60 312 72 296Q130 300 166 262Z', dark) +
      line('M92 300L90 322M112 300L110 324M132 294L132 324', pale, 5),
  ) +
  oval(276, 304, 54, 17, ink) +
  fill('M222 304Q222 326 276 328Q330 326 330 304Q330 318 276 321Q222 318 222 304Z', accent)

export const winter = {
  'ski-helmet': skiHelmet,
  'ski-goggles': skiGoggles,
  skis,
  'cross-country-skis': crossCountrySkis,
  snowboard,
  sled,
  snowshoes,
  'shoe-spikes': shoeSpikes,
  'hockey-stick': hockeyStick,
} satisfies Record<string, Sketch>

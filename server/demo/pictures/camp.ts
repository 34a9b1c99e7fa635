import { box, dim, disc, fill, gleam, glow, line, oval, seam, turned, type Sketch } from './pen.ts'

const headlamp: Sketch = ({ main, dark, accent, ink, pale }) =>
  `<path d="M130 180L10 110L10 330L130 262Z" fill="#fff2b0" opacity="0.5"/>` +
  `<ellipse cx="230" cy="186" rx="130" ry="78" fill="none" stroke="${main}" stroke-width="30"/>` +
  line('M150 132Q228 92 310 132', accent, 7) +
  line('M152 236Q240 290 330 226', dark, 8) +
  turned(
    -6,
    140,
    222,
    box(84, 168, 118, 108, 24, ink) +
      disc(132, 220, 38, dark) +
      disc(130, 220, 29, pale) +
      disc(128, 220, 16, '#fff2b0') +
      box(176, 190, 16, 30, 6, accent),
  )

const stove: Sketch = ({ main, dark, accent, steel, steelDark, ink }) =>
  box(130, 214, 140, 112, 26, main) +
  dim('M230 214H244Q270 214 270 240V300Q270 326 244 326H230Z', 0.18) +
  glow('M146 232H162V310H146Z', 0.3) +
  box(130, 256, 140, 36, 0, accent) +
  fill('M160 214Q160 190 200 190Q240 190 240 214Z', dark) +
  box(186, 150, 28, 46, 5, steelDark) +
  line('M214 174L262 176', ink, 7) +
  line('M262 164V188', accent, 9) +
  fill('M156 132H244L228 154H172Z', steel) +
  line('M200 142L120 126L112 100M200 142L280 126L288 100M200 142L200 104', steelDark, 8) +
  fill('M168 130Q164 96 182 76Q186 96 198 62Q214 92 218 78Q236 100 232 130Z', '#4a9be8') +
  fill('M184 130Q182 110 198 88Q216 112 216 130Z', '#bfe4ff')

const pot: Sketch = ({ main, dark, deep, accent, ink, light }) =>
  line('M292 196Q360 190 366 214Q360 230 292 226', ink, 12) +
  line('M340 206Q360 206 362 214', accent, 9) +
  fill('M96 150L304 150L298 296Q292 322 262 322L138 322Q108 322 102 296Z', main) +
  dim('M258 150L304 150L298 296Q292 322 262 322L240 322Q262 240 258 150Z', 0.18) +
  glow('M112 164L134 164L138 306Q118 302 116 286Z', 0.35) +
  fill('M88 150Q92 122 200 118Q308 122 312 150Q200 164 88 150Z', light) +
  fill('M88 150Q200 168 312 150L312 158Q200 176 88 158Z', dark) +
  box(182, 96, 36, 26, 10, ink) +
  line('M130 236H160M130 262H150M130 288H160', deep, 4)

const mug: Sketch = ({ main, dark, accent, deep, pale }) =>
  line('M286 152Q356 146 352 214Q346 266 278 268', dark, 20) +
  fill('M96 104L294 104L282 296Q278 322 250 322L140 322Q112 322 108 296Z', main) +
  dim('M250 104L294 104L282 296Q278 322 250 322L228 322Q256 220 250 104Z', 0.16) +
  oval(195, 104, 99, 20, deep) +
  oval(195, 108, 84, 13, '#7a4a2c') +
  glow('M114 134L134 138L140 304Q124 300 122 284Z', 0.35) +
  fill('M150 254L180 196L196 224L210 206L240 254Z', accent) +
  fill('M180 196L190 214L172 212Z', pale)

const cutlery: Sketch = ({ main, accent, steel, dark }) =>
  turned(
    -16,
    150,
    200,
    box(138, 176, 22, 160, 10, main) +
      oval(149, 120, 34, 58, steel) +
      oval(149, 116, 22, 42, '#d7dee6') +
      box(138, 300, 22, 22, 4, accent),
  ) +
  turned(
    8,
    220,
    200,
    box(212, 186, 20, 150, 9, main) +
      fill(
        'M200 70H208V128H214V70H222V128H228V70H236V128H244V70H250V150Q246 190 222 190Q200 186 200 150Z',
        steel,
      ) +
      box(212, 300, 20, 22, 4, accent),
  ) +
  turned(24, 290, 200, box(280, 206, 22, 136, 9, dark) + fill('M280 70Q306 90 304 206H280Z', steel))

const lantern: Sketch = ({ main, dark, accent, ink, pale }) =>
  line('M128 140Q128 40 200 40Q272 40 272 140', ink, 9) +
  `<circle cx="200" cy="206" r="120" fill="#fff2b0" opacity="0.35"/>` +
  box(138, 146, 124, 116, 18, '#fff6cf') +
  box(176, 160, 48, 90, 22, '#ffe07a') +
  line('M160 150V258M240 150V258', dark, 6) +
  fill('M128 146Q132 108 200 104Q268 108 272 146Z', main) +
  fill('M124 258H276L284 312Q280 326 264 326H136Q120 326 116 312Z', main) +
  dim('M230 258H276L284 312Q280 326 264 326H236Z', 0.2) +
  disc(200, 292, 14, accent) +
  glow('M146 138Q152 118 184 112L176 142Z', 0.3) +
  disc(200, 292, 6, pale)

const flashlight: Sketch = ({ main, dark, accent, ink, pale }) =>
  turned(
    -32,
    200,
    200,
    `<path d="M300 160L420 100L420 300L300 240Z" fill="#fff2b0" opacity="0.5"/>` +
      box(40, 174, 190, 52, 14, main) +
      fill('M226 174L276 150H306V250H276L226 226Z', dark) +
      oval(306, 200, 12, 50, pale) +
      box(92, 174, 12, 52, 0, ink) +
      box(112, 174, 12, 52, 0, ink) +
      box(132, 174, 12, 52, 0, ink) +
      box(172, 162, 34, 18, 8, accent) +
      gleam('M56 186H216', 0.4, 6) +
      dim('M40 206H230V226H40Z', 0.18),
  )

const campChair: Sketch = ({ main, dark, accent, ink, steel }) =>
  line('M112 322L286 216M288 322L114 216M112 322L112 214M288 322L288 214', steel, 9) +
  line('M102 200L92 72M298 200L308 72', steel, 9) +
  fill('M92 70Q200 92 308 70L298 206Q200 236 102 206Z', main) +
  fill('M102 200Q200 232 298 200L318 234Q200 282 82 234Z', dark) +
  line('M72 178L118 174M328 178L282 174', ink, 16) +
  fill('M96 104Q200 126 304 104L302 130Q200 152 98 130Z', accent) +
  glow('M106 84L134 90L136 206L116 202Z', 0.22) +
  disc(112, 322, 9, ink) +
  disc(288, 322, 9, ink)

const campTable: Sketch = ({ main, light, dark, steel, ink, accent }) =>
  line('M96 200L140 320M304 200L260 320M140 200L96 320M260 200L304 320', steel, 10) +
  fill('M52 178L110 138H290L348 178Z', light) +
  seam(
    'M88 178L136 138M136 178L172 138M184 178L196 138M228 178L220 138M272 178L248 138M312 178L272 138',
    0.2,
    3,
  ) +
  box(48, 176, 304, 22, 6, main) +
  box(48, 190, 304, 8, 3, dark) +
  line('M108 270H292', ink, 7) +
  box(180, 180, 40, 10, 3, accent)

const cooler: Sketch = ({ main, dark, accent, ink, pale, light }) =>
  line('M104 128Q104 70 200 70Q296 70 296 128', ink, 13) +
  box(72, 152, 256, 170, 22, main) +
  dim('M260 152H306Q328 152 328 174V300Q328 322 306 322H260Z', 0.16) +
  box(64, 114, 272, 54, 16, pale) +
  box(64, 150, 272, 18, 6, accent) +
  glow('M90 182H110V306H90Z', 0.3) +
  box(176, 148, 48, 36, 8, ink) +
  line('M160 230L160 280M136 242L184 268M184 242L136 268', light, 8) +
  line('M240 220H300M240 246H300', dark, 7)

const waterFilter: Sketch = ({ main, light, accent, ink, pale }) =>
  box(184, 40, 32, 36, 9, ink) +
  fill('M168 74H232L240 190H160Z', accent) +
  seam('M172 98H228M170 120H230M168 142H232M166 164H234', 0.25, 4) +
  box(152, 184, 96, 26, 8, ink) +
  `<g opacity="0.9">${fill('M156 208H244Q266 230 264 270L258 318Q200 332 142 318L136 270Q134 230 156 208Z', light)}</g>` +
  fill('M138 262Q200 250 264 262L258 318Q200 332 142 318Z', main) +
  glow('M152 226L166 222L164 312L154 310Z', 0.45) +
  dim('M232 210L244 208Q266 230 264 270L258 318L234 324Z', 0.14) +
  fill('M200 276Q182 300 200 310Q218 300 200 276Z', pale)

const firstAid: Sketch = ({ main, dark, pale, ink, accent }) =>
  line('M156 118Q156 84 200 84Q244 84 244 118', ink, 13) +
  box(70, 116, 260, 204, 30, main) +
  dim('M262 116H300Q330 116 330 146V290Q330 320 300 320H262Z', 0.14) +
  glow('M88 140Q92 132 104 132H120V306H104Q88 304 88 290Z', 0.2) +
  line('M74 168H326', dark, 6) +
  disc(200, 236, 58, pale) +
  fill('M184 196H216V220H240V252H216V276H184V252H160V220H184Z', accent) +
  disc(300, 168, 9, ink)

export const camp = {
  headlamp,
  stove,
  pot,
  mug,
  cutlery,
  lantern,
  flashlight,
  'camp-chair': campChair,
  'camp-table': campTable,
  cooler,
  'water-filter': waterFilter,
  'first-aid': firstAid,
} satisfies Record<string, Sketch>

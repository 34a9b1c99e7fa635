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
  seam,
  turned,
  type Sketch,
} from './pen.ts'

const swimGoggles: Sketch = ({ main, dark, accent, ink }) => {
  const eye =
    fill('M72 176Q80 146 126 146Q182 148 186 186Q184 238 136 244Q84 242 72 176Z', ink) +
    fill('M86 180Q92 160 128 160Q170 162 172 188Q170 226 136 230Q98 228 86 180Z', main) +
    glow('M98 178Q108 166 132 168Q112 182 108 206Q98 194 98 178Z', 0.5) +
    dim('M172 188Q170 226 136 230Q116 228 102 214Q150 214 172 188Z', 0.18)
  return (
    line('M76 180Q30 130 70 96Q200 48 330 96Q370 130 324 180', accent, 16) +
    line('M80 120Q200 76 320 120', dark, 8) +
    eye +
    mirrored(200, eye) +
    line('M184 186Q200 174 216 186', accent, 13)
  )
}

const swimCap: Sketch = ({ main, light, dark, accent }) =>
  fill('M78 270Q60 92 196 84Q334 86 330 250Q326 286 280 284Q180 272 110 296Q82 298 78 270Z', main) +
  dim('M262 102Q334 140 330 250Q326 286 280 284Q318 200 262 102Z', 0.16) +
  glow('M104 214Q112 128 176 106Q134 156 130 240Q104 240 104 214Z', 0.35) +
  fill('M150 200Q190 164 230 190T308 184L310 206Q270 222 230 212T150 224Z', accent) +
  seam('M196 86Q206 180 190 276', 0.14, 4) +
  line('M80 276Q190 246 328 262', dark, 6) +
  oval(196, 88, 20, 4, light)

const kickboard: Sketch = ({ main, light, dark, accent, pale }) =>
  turned(
    -14,
    200,
    200,
    fill(
      'M122 330Q112 200 128 130Q146 66 200 64Q254 66 272 130Q288 200 278 330Q200 346 122 330Z',
      dark,
    ) +
      fill(
        'M118 322Q108 194 124 124Q142 58 196 56Q250 58 268 124Q284 194 274 322Q196 338 118 322Z',
        main,
      ) +
      fill('M124 180Q160 156 196 180T270 180L273 216Q232 240 196 216T119 216Z', accent) +
      fill('M120 236Q160 212 196 236T274 236L275 252Q232 274 196 252T118 252Z', pale) +
      glow('M136 140Q150 82 190 76Q160 110 152 164L132 172Z', 0.3) +
      oval(196, 108, 30, 11, light),
  )

const fins: Sketch = ({ main, dark, deep, accent, light }) => {
  const one =
    fill('M118 60Q150 42 182 60L186 136L204 306Q150 336 96 306L114 136Z', main) +
    fill('M116 92Q150 80 184 92L188 160Q150 182 112 160Z', deep) +
    fill('M128 64Q150 54 172 64L174 96Q150 88 126 96Z', accent) +
    line('M134 184L122 304M150 188L150 316M166 184L178 304', dark, 6) +
    line('M114 150L98 304M186 150L202 304', light, 6) +
    dim('M168 170L186 160L204 306L184 316Z', 0.16)
  return (
    turned(-9, 140, 200, `<g transform="translate(-26 0)">${one}</g>`) +
    turned(9, 260, 200, `<g transform="translate(126 6)">${one}</g>`)
  )
}

const snorkelMask: Sketch = ({ main, accent, ink, dark }) =>
  line('M318 236L336 90Q338 60 330 44', main, 20) +
  line('M337 92L331 48', accent, 21) +
  line('M316 236Q300 296 232 278', ink, 18) +
  fill(
    'M56 150Q60 108 110 106L258 106Q304 108 306 150Q306 214 258 224Q222 226 206 196Q196 178 180 178Q166 178 156 196Q142 226 104 224Q56 214 56 150Z',
    ink,
  ) +
  fill(
    'M74 150Q76 124 112 124L252 124Q288 124 288 152Q286 204 252 206Q228 206 214 178Q200 160 180 160Q162 160 148 178Q134 206 108 206Q76 204 74 150Z',
    '#bfe3ee',
  ) +
  glow('M88 150Q92 132 120 132L160 132Q120 150 108 192Q90 180 88 150Z', 0.6) +
  dim('M288 152Q286 204 252 206Q236 206 224 190Q270 180 288 152Z', 0.15) +
  line('M62 128Q180 92 300 128', main, 9) +
  line('M58 170Q30 176 36 220M304 170L320 176', dark, 11)

const pullBuoy: Sketch = ({ main, light, dark, accent }) =>
  fill(
    'M78 90Q140 62 194 92Q206 150 194 196Q206 250 194 306Q140 334 78 306Q52 250 80 198Q52 140 78 90Z',
    main,
  ) +
  fill(
    'M206 92Q260 62 322 90Q348 140 320 198Q348 250 322 306Q260 334 206 306Q194 250 206 196Q194 150 206 92Z',
    dark,
  ) +
  fill('M82 178Q200 196 318 178L318 218Q200 236 82 218Z', accent) +
  glow('M88 108Q120 90 150 92Q110 120 100 160Q78 130 88 108Z', 0.35) +
  seam('M200 84L200 312', 0.4, 5) +
  line('M88 300Q140 320 186 300', light, 5)

const towel: Sketch = ({ main, light, dark, accent, pale }) =>
  fill('M70 250Q66 230 90 228L314 228Q338 232 334 254L330 318L74 318Z', dark) +
  fill('M66 202Q66 178 92 178L312 178Q336 180 336 204L334 252Q200 262 68 252Z', main) +
  fill('M70 150Q70 122 98 120L306 120Q332 122 332 150L334 204Q200 214 68 204Z', light) +
  fill(
    'M110 120L146 120L146 208Q128 208 110 206ZM110 220L146 222L146 256L110 254ZM110 262L146 264L146 318L110 318Z',
    accent,
  ) +
  line('M166 122L166 316', pale, 5) +
  dim('M290 120L306 120Q332 122 332 150L334 254L330 318L296 318Z', 0.14) +
  seam('M68 252Q200 262 334 252M68 204Q200 214 334 204', 0.3, 4)

const supBoard: Sketch = ({ main, dark, accent, pale, ink, deep }) =>
  turned(
    18,
    200,
    200,
    fill(
      'M132 190Q132 60 182 28Q232 60 232 190Q234 300 214 356Q182 366 150 356Q130 300 132 190Z',
      main,
    ) +
      fill('M148 190Q148 86 182 50Q216 86 216 190L214 300Q182 310 150 300Z', pale) +
      fill(
        'M150 250Q182 240 215 250L214 300Q182 310 150 300ZM150 150Q182 120 214 150L215 176Q182 150 149 176Z',
        accent,
      ) +
      seam('M150 200H214M150 214H214M150 228H214', 0.15, 3) +
      box(174, 196, 16, 34, 6, ink) +
      dim('M206 60Q232 100 232 190Q234 300 214 356L204 358Q224 200 206 60Z', 0.16) +
      line('M164 96L200 112M200 96L164 112', dark, 3) +
      line('M264 96L264 330', deep, 7) +
      fill('M250 40Q264 24 278 40L276 104L264 116L252 104Z', ink) +
      line('M254 330L274 330', deep, 9),
  )

const kayak: Sketch = ({ main, light, dark, deep, accent, ink }) =>
  turned(
    -12,
    200,
    210,
    fill('M14 206Q110 158 200 158Q290 158 386 206Q300 270 200 270Q100 270 14 206Z', main) +
      fill('M14 206Q110 236 200 236Q290 236 386 206Q300 270 200 270Q100 270 14 206Z', dark) +
      line('M20 206Q110 234 200 234Q290 234 380 206', accent, 8) +
      oval(200, 196, 62, 24, ink) +
      oval(202, 202, 44, 15, deep) +
      fill('M228 178Q262 168 258 206L240 214Q250 190 226 192Z', accent) +
      glow('M60 200Q130 170 190 168Q120 180 90 204Z', 0.35) +
      seam('M100 188L112 214M120 182L130 208M300 188L288 214', 0.5, 4),
  ) +
  turned(
    -24,
    200,
    250,
    line('M70 284L330 284', ink, 8) +
      fill(
        'M24 284Q40 258 84 276L84 292Q40 310 24 284ZM376 284Q360 258 316 276L316 292Q360 310 376 284Z',
        light,
      ),
  )

const paddle: Sketch = ({ main, dark, accent, ink, light }) =>
  turned(
    -42,
    200,
    200,
    line('M30 200L370 200', ink, 12) +
      fill('M-14 200Q4 158 80 172Q96 190 92 206Q60 240 14 228Q-10 220 -14 200Z', main) +
      fill('M414 200Q396 158 320 172Q304 190 308 206Q340 240 386 228Q410 220 414 200Z', main) +
      fill(
        'M-14 200L92 206Q60 240 14 228Q-10 220 -14 200ZM414 200L308 206Q340 240 386 228Q410 220 414 200Z',
        dark,
      ) +
      box(176, 190, 48, 20, 6, accent) +
      gleam('M6 192Q30 176 66 180', 0.5, 5) +
      line('M120 200L150 200M250 200L280 200', light, 12),
  )

const lifeVest: Sketch = ({ main, deep, accent, ink, pale }) =>
  fill(
    'M130 62Q140 50 156 58Q164 120 196 136L196 330L104 322Q92 250 104 190Q126 130 130 62Z',
    main,
  ) +
  fill(
    'M270 62Q260 50 244 58Q236 120 204 136L204 330L296 322Q308 250 296 190Q274 130 270 62Z',
    main,
  ) +
  dim(
    'M270 62Q260 50 250 56Q244 130 226 150L228 328L296 322Q308 250 296 190Q274 130 270 62Z',
    0.14,
  ) +
  line('M100 200L300 200M98 256L302 256', ink, 13) +
  box(180, 188, 40, 26, 5, accent) +
  box(180, 244, 40, 26, 5, accent) +
  fill('M128 96L160 88L166 112L122 124ZM272 96L240 88L234 112L278 124Z', pale) +
  seam(
    'M116 166Q150 170 190 162M284 166Q250 170 210 162M114 300L190 304M286 300L210 304',
    0.25,
    4,
  ) +
  glow('M118 216L136 216L136 246L116 246ZM120 274L138 274L140 300L122 300Z', 0.3) +
  line('M200 138L200 330', deep, 4)

const dryBag: Sketch = ({ main, dark, accent, ink, pale, light }) =>
  line('M142 96Q120 40 200 44Q280 40 258 96', ink, 11) +
  box(138, 78, 124, 30, 8, ink) +
  box(186, 68, 28, 24, 5, accent) +
  fill('M142 106L258 106Q282 130 282 160L282 306Q200 340 118 306L118 160Q118 130 142 106Z', main) +
  dim('M236 106L258 106Q282 130 282 160L282 306Q262 318 236 322Z', 0.18) +
  glow('M132 160Q136 140 150 128L156 310Q138 306 132 302Z', 0.28) +
  box(156, 190, 88, 64, 8, pale) +
  fill('M176 236Q188 214 200 230T226 228L226 240L176 244Z', accent) +
  line('M142 124L258 124', light, 4) +
  oval(200, 316, 60, 8, dark)

const swimBuoy: Sketch = ({ main, dark, accent, ink }) =>
  line('M200 232Q150 300 90 316', ink, 8) +
  box(60, 298, 60, 26, 10, ink) +
  fill('M112 160Q112 74 200 72Q288 74 288 160Q288 260 200 266Q112 260 112 160Z', main) +
  dim('M242 82Q288 110 288 160Q288 260 200 266Q268 220 242 82Z', 0.18) +
  glow('M130 150Q136 98 184 88Q150 120 148 190Q130 180 130 150Z', 0.4) +
  fill('M112 150Q200 176 288 150L287 182Q200 208 113 182Z', accent) +
  box(184, 52, 32, 26, 8, dark) +
  line('M150 84L130 60M250 84L270 60', ink, 7)

const bottle: Sketch = ({ main, dark, accent, ink, pale }) =>
  box(178, 48, 44, 34, 10, ink) +
  box(158, 76, 84, 34, 12, accent) +
  fill(
    'M150 108L250 108Q262 124 262 150L256 196L262 238L262 312Q260 328 240 330L160 330Q140 328 138 312L138 238L144 196L138 150Q138 124 150 108Z',
    main,
  ) +
  dim('M226 108L250 108Q262 124 262 150L256 196L262 238L262 312Q260 328 240 330L226 330Z', 0.18) +
  glow('M152 132Q154 122 162 120L166 188L168 320L154 318L152 240L156 196Z', 0.35) +
  fill('M140 246L262 246L262 292L138 292Z', accent) +
  line('M160 270L240 270', pale, 8) +
  seam('M146 196Q200 206 256 196', 0.25, 4) +
  seam('M164 86V104M180 86V104M196 86V104M212 86V104M228 86V104', 0.3, 3) +
  oval(200, 328, 40, 3, dark)

const thermos: Sketch = ({ main, dark, deep, accent, steel, steelDark, light }) =>
  box(152, 46, 96, 76, 16, steel) +
  dim('M222 46H232Q248 46 248 62V122H222Z', 0.2) +
  box(146, 116, 108, 16, 5, deep) +
  box(140, 130, 120, 200, 16, main) +
  dim('M226 130H244Q260 130 260 146V314Q260 330 244 330H226Z', 0.2) +
  glow('M154 146H170V316H154Z', 0.35) +
  gleam('M164 60L164 108', 0.7, 8) +
  fill('M182 206L208 166L206 200L224 200L196 246L200 214Z', accent) +
  box(140, 298, 120, 12, 0, steelDark) +
  line('M150 140H250', light, 4) +
  line('M146 326H254', dark, 4)

const softFlask: Sketch = ({ main, light, dark, accent, ink }) =>
  box(184, 44, 32, 34, 9, ink) +
  box(168, 74, 64, 26, 9, accent) +
  `<g opacity="0.92">${fill('M162 98L238 98Q268 140 272 220Q274 300 236 328Q200 338 164 328Q126 300 128 220Q132 140 162 98Z', light)}</g>` +
  fill('M133 190Q200 210 267 190Q278 296 236 328Q200 338 164 328Q122 296 133 190Z', main) +
  glow('M146 200Q156 140 172 112Q164 180 164 300Q142 270 146 200Z', 0.4) +
  dim('M250 130Q270 180 272 220Q274 300 236 328Q256 240 250 130Z', 0.16) +
  line('M178 240H222M178 262H214M178 284H222', accent, 5) +
  seam('M133 190Q200 210 267 190', 0.2, 4) +
  oval(200, 330, 30, 3, dark)

const reservoir: Sketch = ({ main, light, dark, accent, ink }) =>
  box(120, 52, 140, 28, 10, ink) +
  fill(
    'M124 76L256 76Q276 110 276 190L272 296Q250 324 190 324Q130 324 108 296L104 190Q104 110 124 76Z',
    light,
  ) +
  fill('M105 168Q190 186 275 168L272 296Q250 324 190 324Q130 324 108 296Z', main) +
  glow('M122 190Q124 120 140 92L152 92Q140 200 144 304Q120 290 122 190Z', 0.4) +
  disc(190, 214, 34, dark) +
  disc(190, 214, 24, accent) +
  line('M190 320Q330 350 334 200Q340 110 316 72', accent, 12) +
  box(302, 44, 28, 40, 9, ink) +
  dim('M246 90Q276 110 276 190L272 296Q262 312 246 316Z', 0.14)

export const water = {
  'swim-goggles': swimGoggles,
  'swim-cap': swimCap,
  kickboard,
  fins,
  'snorkel-mask': snorkelMask,
  'pull-buoy': pullBuoy,
  towel,
  'sup-board': supBoard,
  kayak,
  paddle,
  'life-vest': lifeVest,
  'dry-bag': dryBag,
  'swim-buoy': swimBuoy,
  bottle,
  thermos,
  'soft-flask': softFlask,
  reservoir,
} satisfies Record<string, Sketch>

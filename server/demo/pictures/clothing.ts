import { box, dim, disc, fill, glow, line, mirrored, oval, seam, type Sketch } from './pen.ts'

const FOLDS = 'M138 210Q150 250 140 322M262 210Q250 250 262 322'

const tee: Sketch = ({ main, dark, deep, accent }) =>
  oval(200, 92, 44, 16, deep) +
  fill(
    'M150 84Q200 132 250 84L312 110Q340 140 358 200L304 222L288 190L292 326Q200 336 108 326L112 190L96 222L42 200Q60 140 88 110Z',
    main,
  ) +
  fill('M150 84Q200 132 250 84L262 90Q200 152 138 90Z', dark) +
  fill('M42 200L96 222L101 212L47 190ZM358 200L304 222L299 212L353 190Z', accent) +
  dim('M244 150Q256 240 246 331Q272 331 292 326L288 190L304 222L330 211Q308 170 290 150Z', 0.13) +
  glow('M96 124Q116 116 136 112Q120 160 124 240L112 240L112 190L100 200Z', 0.2) +
  seam(FOLDS, 0.14) +
  fill('M132 176L152 156L172 176L165 183L152 170L139 183Z', accent)

const singlet: Sketch = ({ main, dark, deep, accent }) =>
  oval(200, 112, 40, 24, deep) +
  fill(
    'M134 66L164 66Q166 148 200 150Q234 148 236 66L266 66Q268 150 298 172L292 328Q200 338 108 328L102 172Q132 150 134 66Z',
    main,
  ) +
  fill('M102 196L298 236L297 268L103 228Z', accent) +
  dim('M246 150Q256 240 246 332L292 328L298 172Q276 160 268 130Z', 0.13) +
  line('M164 68Q166 148 200 150Q234 148 236 68', dark, 7) +
  glow('M112 182L128 176L132 300L116 300Z', 0.2)

const longSleeve = ({ main, dark, deep, accent }: Parameters<Sketch>[0], top = ''): string =>
  oval(200, 90, 42, 14, deep) +
  fill('M98 106Q72 116 66 160L44 306L82 314L118 190Z', main) +
  fill('M302 106Q328 116 334 160L356 306L318 314L282 190Z', dark) +
  fill('M152 82Q200 122 248 82L302 106L290 190L294 326Q200 338 106 326L110 190L98 106Z', main) +
  fill('M45 298L83 306L81 318L43 310ZM355 298L317 306L319 318L357 310Z', accent) +
  dim('M248 140Q258 240 248 332L294 326L290 190L300 120Z', 0.13) +
  glow('M86 128Q100 116 116 114Q104 170 90 240L74 270Z', 0.18) +
  seam(`M110 190L118 132M290 190L282 132${FOLDS}`, 0.16) +
  top

const baseLayer: Sketch = (tones) =>
  longSleeve(
    tones,
    fill('M158 70Q200 84 242 70L248 100Q200 126 152 100Z', tones.dark) +
      line('M112 214L288 214M112 232L288 232M112 250L288 250', tones.accent, 6),
  )

const fleece: Sketch = (tones) =>
  longSleeve(
    tones,
    fill('M156 58Q200 46 244 58L250 98Q200 122 150 98Z', tones.dark) +
      fill('M110 120L290 120L288 170L112 170Z', tones.accent) +
      line('M200 66L200 328', tones.ink, 6) +
      box(194, 84, 12, 22, 4, tones.pale) +
      seam('M128 262L166 250M272 262L234 250', 0.4, 4),
  )

const HOOD = 'M148 96Q140 40 200 36Q260 40 252 96Q200 124 148 96Z'

const jacket: Sketch = (tones) =>
  fill(HOOD, tones.dark) +
  longSleeve(
    tones,
    fill('M164 94Q162 58 200 56Q238 58 236 94Q200 112 164 94Z', tones.deep) +
      line('M200 102L200 328', tones.accent, 7) +
      fill('M98 106L152 84Q156 128 112 158L108 160Z', tones.accent) +
      fill('M302 106L248 84Q244 128 288 158L292 160Z', tones.accentDark) +
      line('M132 240L152 286M268 240L248 286', tones.deep, 5) +
      box(226, 180, 34, 10, 4, tones.pale),
  )

const windbreaker: Sketch = (tones) =>
  longSleeve(
    tones,
    fill('M158 60Q200 48 242 60L248 96Q200 118 152 96Z', tones.accent) +
      fill('M98 106L302 106L291 180Q200 150 109 180Z', tones.light) +
      line('M200 70L200 328', tones.ink, 5) +
      line('M110 186Q200 156 290 186', tones.pale, 8),
  )

const quilts =
  'M110 150Q200 168 290 150M111 190Q200 208 289 190M110 230Q200 248 290 230M109 270Q200 288 291 270'

const downJacket: Sketch = (tones) =>
  fill(HOOD, tones.dark) +
  longSleeve(
    tones,
    fill('M164 94Q162 60 200 58Q238 60 236 94Q200 112 164 94Z', tones.accent) +
      seam(quilts, 0.32, 5) +
      `<g transform="translate(0 8)">${['M112 150Q200 168 288 150', 'M112 190Q200 208 288 190', 'M112 230Q200 248 288 230', 'M112 270Q200 288 288 270'].map((d) => glowLine(d)).join('')}</g>` +
      seam(
        'M62 170L100 190M58 206L94 224M52 244L88 258M338 170L300 190M342 206L306 224M348 244L312 258',
        0.3,
        5,
      ) +
      line('M200 104L200 328', tones.ink, 7),
  )

const glowLine = (d: string): string =>
  `<path d="${d}" fill="none" stroke="#fff" stroke-width="7" opacity="0.16"/>`

const vest: Sketch = ({ main, dark, deep, accent, ink }) =>
  fill('M160 62Q200 50 240 62L246 104L154 104Z', deep) +
  fill(
    'M152 76Q160 104 200 110Q240 104 248 76L290 96Q276 150 300 186L296 326Q200 338 104 326L100 186Q124 150 110 96Z',
    main,
  ) +
  dim('M250 110Q260 240 250 332L296 326L300 186Q276 150 288 100Z', 0.14) +
  fill('M101 190L299 190L298 216L102 216Z', accent) +
  line('M200 108L200 330', ink, 6) +
  line('M152 76Q160 104 200 110Q240 104 248 76', dark, 7) +
  seam('M130 254L172 254M270 254L228 254', 0.4, 4) +
  glow('M112 240L126 240L130 312L114 310Z')

const shorts: Sketch = ({ main, dark, deep, accent, pale }) =>
  fill('M92 104L308 104L346 292L222 306L200 190L178 306L54 292Z', main) +
  fill('M204 190L200 130L308 104L346 292L222 306Z', dark) +
  fill('M92 104L308 104L314 134L86 134Z', deep) +
  fill('M60 262L54 292L112 299L92 134L86 134ZM340 262L346 292L288 299L308 134L314 134Z', accent) +
  line('M188 124L180 172M212 124L222 166', pale, 5) +
  glow('M112 144L136 144L132 290L116 288Z', 0.16) +
  seam('M200 136L200 190', 0.4)

const legs = 'M130 60L270 60L286 150L262 336L222 336L202 168L178 336L138 336L114 150Z'

const tights: Sketch = ({ main, dark, deep, accent }) =>
  fill(legs, main) +
  fill('M202 168L204 100L276 90L286 150L262 336L222 336Z', dark) +
  fill('M130 60L270 60L276 96L124 96Z', deep) +
  fill(
    'M116 160L132 150Q150 240 152 336L138 336ZM284 160L268 150Q250 240 248 336L262 336Z',
    accent,
  ) +
  glow('M142 108L160 108L166 220L158 300Z', 0.2) +
  seam('M200 98L202 168', 0.4)

const pants: Sketch = ({ main, dark, deep, accent, ink }) =>
  fill('M122 58L278 58L304 334L228 338L202 156L172 338L96 334Z', main) +
  fill('M202 156L202 90L280 80L304 334L228 338Z', dark) +
  fill('M122 58L278 58L280 84L120 84Z', deep) +
  box(186, 58, 28, 26, 4, accent) +
  fill('M112 196L160 196L158 238L110 238Z', deep) +
  line('M132 92L118 140M268 92L282 140', ink, 4) +
  seam('M112 262L174 270M288 262L230 270M202 90L202 156', 0.22) +
  line('M99 322L174 326M227 326L302 322', accent, 6)

const sportsBra: Sketch = ({ main, dark, deep, accent }) =>
  fill(
    'M128 84L156 84Q166 170 200 176Q234 170 244 84L272 84Q276 170 312 190L310 272Q200 292 90 272L88 190Q124 170 128 84Z',
    main,
  ) +
  fill('M90 256Q200 278 310 256L311 292Q200 314 89 292Z', accent) +
  dim('M244 150Q262 220 250 284L310 272L312 190Q280 174 274 130Z', 0.16) +
  line('M156 86Q166 170 200 176Q234 170 244 86', deep, 7) +
  glow('M104 198Q124 188 134 160Q140 210 128 250L100 246Z', 0.2) +
  seam('M150 256Q146 210 166 176M250 256Q254 210 234 176', 0.2) +
  line('M100 282Q200 300 300 282', dark, 3)

const sock = ({ main, dark, accent, pale }: Parameters<Sketch>[0]): string =>
  fill(
    'M150 60L214 60L212 190Q214 214 240 236L290 276Q308 300 288 320Q270 330 246 318L160 268Q140 252 144 220Z',
    main,
  ) +
  fill('M150 60L214 60L214 92L148 92Z', accent) +
  fill('M148 200Q178 214 172 276L160 268Q140 252 144 220Z', dark) +
  fill('M262 254L290 276Q308 300 288 320Q270 330 250 320Q238 290 262 254Z', dark) +
  line('M148 106L214 106M147 120L213 120', pale, 5)

const socks: Sketch = (tones) =>
  `<g transform="translate(52 -8)">${sock({ ...tones, main: tones.dark })}</g><g transform="translate(-44 6)">${sock(tones)}</g>`

const cap: Sketch = ({ main, dark, deep, accent, light }) =>
  fill('M84 236Q80 108 196 104Q300 108 306 234Z', main) +
  fill('M196 104Q300 108 306 234L248 236Q248 140 196 104Z', dark) +
  fill('M196 104Q140 140 138 236L84 236Q82 116 196 104Z', light) +
  fill('M150 232Q270 214 322 238Q378 262 376 282Q300 256 180 264Q150 262 150 232Z', accent) +
  dim('M170 252Q300 240 376 282Q300 256 180 264Z', 0.25) +
  oval(196, 106, 14, 7, deep) +
  seam('M196 108Q248 140 248 230M196 108Q140 140 138 232', 0.25)

const beanie: Sketch = ({ main, dark, accent, pale }) =>
  disc(200, 92, 40, accent) +
  [0, 60, 120, 180, 240, 300]
    .map(
      (a) =>
        `<circle cx="200" cy="92" r="9" fill="${pale}" opacity="0.45" transform="rotate(${a} 200 92) translate(0 -24)"/>`,
    )
    .join('') +
  fill('M92 262Q84 116 200 112Q316 116 308 262Z', main) +
  seam(
    'M130 250Q130 160 176 120M168 256Q168 170 192 118M232 256Q232 170 208 118M270 250Q270 160 224 120',
    0.2,
    4,
  ) +
  fill('M82 246Q200 220 318 246L316 312Q200 334 84 312Z', dark) +
  [0, 1, 2, 3, 4, 5, 6, 7, 8]
    .map((n) =>
      seam(
        `M${104 + n * 24} ${250 - (n > 2 && n < 6 ? 8 : 2)}L${104 + n * 24} ${306 + (n > 2 && n < 6 ? 8 : 2)}`,
        0.22,
        4,
      ),
    )
    .join('') +
  glow('M106 240Q104 150 166 124Q124 170 124 240Z', 0.2)

const hand =
  'M152 210L140 112Q140 94 154 94Q168 94 172 112L178 160L180 80Q182 62 196 62Q210 62 212 80L214 160L224 88Q228 72 242 74Q254 78 252 94L246 170L264 124Q272 110 284 116Q294 124 290 138L262 236L262 252L152 252Q116 222 98 190Q90 174 102 166Q114 160 126 174Z'

const gloves: Sketch = ({ main, dark, deep, accent }) =>
  fill(hand, main) +
  dim(
    'M246 170L264 124Q272 110 284 116Q294 124 290 138L262 236L262 252L226 252Q246 220 246 170Z',
    0.16,
  ) +
  fill('M156 196Q206 174 252 196L250 234Q206 214 160 234Z', accent) +
  glow('M146 106Q150 98 158 104L168 190L158 196ZM188 78Q194 68 200 76L202 172L190 172Z', 0.22) +
  fill('M148 248L266 248L274 322L142 322Z', dark) +
  line('M146 276L270 276', accent, 12) +
  seam('M178 160L182 186M214 160L214 184M246 170L240 190', 0.35) +
  line('M144 318L272 318', deep, 6)

const mitten: Sketch = ({ main, dark, deep, accent, pale }) =>
  fill(
    'M138 236Q90 216 76 180Q74 150 100 152Q124 158 140 184L142 118Q148 60 206 60Q266 62 268 126L266 246Z',
    main,
  ) +
  dim('M226 64Q268 76 268 126L266 246L222 246Q244 150 226 64Z', 0.16) +
  fill('M142 150Q204 128 268 150L267 184Q204 162 141 184Z', accent) +
  glow('M154 118Q158 80 184 74Q170 100 170 140L154 144Z', 0.22) +
  fill('M134 236L272 236L280 322L130 322Z', dark) +
  line('M138 264L274 264', pale, 8) +
  line('M132 318L278 318', deep, 7)

const neckTube: Sketch = ({ main, dark, deep, accent, light }) =>
  oval(200, 104, 92, 30, deep) +
  fill('M108 104Q200 158 292 104Q304 210 284 296Q200 336 116 296Q96 210 108 104Z', main) +
  fill(
    'M112 160Q200 214 290 154L291 178Q200 238 110 184ZM108 214Q200 266 293 208L292 226Q200 286 110 232Z',
    accent,
  ) +
  dim('M244 138Q262 220 246 314L284 296Q304 210 292 104Z', 0.16) +
  seam('M132 126Q150 200 134 290M182 144Q196 220 180 312', 0.18, 4) +
  line('M108 104Q200 158 292 104', light, 6) +
  line('M116 296Q200 336 284 296', dark, 6)

const swimsuit: Sketch = ({ main, dark, deep, accent }) =>
  fill(
    'M142 54L160 54Q168 132 200 136Q232 132 240 54L258 54Q262 130 278 150Q258 200 284 250Q252 262 226 330L174 330Q148 262 116 250Q142 200 122 150Q138 130 142 54Z',
    main,
  ) +
  fill(
    'M122 150Q138 130 140 84L150 84Q150 200 176 330L174 330Q148 262 116 250Q142 200 122 150Z',
    accent,
  ) +
  fill(
    'M278 150Q262 130 260 84L250 84Q250 200 224 330L226 330Q252 262 284 250Q258 200 278 150Z',
    dark,
  ) +
  line('M160 58Q168 132 200 136Q232 132 240 58', deep, 6) +
  glow('M168 160Q180 168 186 168L186 290Q170 230 168 160Z', 0.2)

const jammers: Sketch = ({ main, dark, deep, accent, pale }) =>
  fill('M116 96L284 96L300 310L216 316L202 196L184 316L100 310Z', main) +
  fill('M202 196L202 130L288 130L300 310L216 316Z', dark) +
  fill('M116 96L284 96L287 128L113 128Z', deep) +
  fill('M108 206L190 260L187 290L104 244ZM292 206L212 260L214 290L297 244Z', accent) +
  line('M192 118L184 160M208 118L218 156', pale, 5)

const kimono: Sketch = ({ main, dark, deep, accent, light }) =>
  fill(
    'M150 66L96 92L40 206L90 234L116 184L112 328L288 328L284 184L310 234L360 206L304 92L250 66L206 160Z',
    main,
  ) +
  fill('M150 66L206 160L250 66L270 74L196 226L186 226L130 74Z', light) +
  seam('M150 66L200 168M130 74L192 216M250 66L196 192L112 300', 0.35, 4) +
  dim('M250 120L256 328L288 328L284 184L310 234L334 220Z', 0.14) +
  fill('M110 216L290 216L290 244L110 244Z', accent) +
  fill(
    'M186 212L214 212L214 248L186 248ZM190 244L166 306L184 312L204 248ZM206 246L226 312L244 304L216 244Z',
    dark,
  ) +
  seam('M112 322L288 322', 0.3) +
  disc(128, 140, 8, deep)

const poncho: Sketch = ({ main, dark, deep, accent }) =>
  fill('M150 110Q146 44 200 42Q254 44 250 110Z', dark) +
  fill('M170 108Q168 66 200 64Q232 66 230 108Z', deep) +
  fill(
    'M156 100Q200 126 244 100Q310 140 352 290Q280 316 262 314Q230 334 200 326Q168 334 138 314Q120 316 48 290Q90 140 156 100Z',
    main,
  ) +
  dim('M232 112Q270 200 262 314L352 290Q310 140 244 100Z', 0.15) +
  line('M200 118L200 210', accent, 6) +
  seam('M150 130Q120 220 138 312M176 126Q160 220 168 322', 0.18, 4) +
  box(150, 216, 100, 46, 8, dark)

const armSleeves: Sketch = ({ main, dark, accent, pale, deep }) => {
  const one =
    fill('M96 66L176 66L164 326L116 326Z', main) +
    dim('M146 66L176 66L164 326L144 326Z', 0.18) +
    fill('M96 66L176 66L175 92L97 92Z', accent) +
    line('M120 318L160 318', deep, 8) +
    line('M110 130L116 300', pale, 6) +
    seam('M104 200L170 200', 0.2)
  return one + mirrored(200, one) + line('M290 130L284 300', dark, 3)
}

export const clothing = {
  tee,
  singlet,
  'base-layer': baseLayer,
  fleece,
  jacket,
  windbreaker,
  'down-jacket': downJacket,
  vest,
  shorts,
  tights,
  pants,
  'sports-bra': sportsBra,
  socks,
  cap,
  beanie,
  gloves,
  mittens: mitten,
  'neck-tube': neckTube,
  swimsuit,
  jammers,
  kimono,
  poncho,
  'arm-sleeves': armSleeves,
} satisfies Record<string, Sketch>

import { box, disc, fill, line, oval } from './pen.ts'
import { mix } from './tones.ts'

/** Where a kind of product is used; the backdrop of its third picture. */
export type Scene =
  | 'stadium'
  | 'forest'
  | 'mountains'
  | 'gym'
  | 'court'
  | 'pool'
  | 'lake'
  | 'street'
  | 'snow'
  | 'camp'
  | 'room'

const pine = (x: number, y: number, size: number, color: string): string =>
  fill(
    `M${x} ${y - size}L${x + size * 0.3} ${y - size * 0.5}H${x + size * 0.16}L${x + size * 0.42} ${y}H${x - size * 0.42}L${x - size * 0.16} ${y - size * 0.5}H${x - size * 0.3}Z`,
    color,
  )

const SCENES: Readonly<Record<Scene, (tint: string) => string>> = {
  stadium: (tint) =>
    box(0, 0, 400, 400, 0, mix('#cfe6f7', tint, 0.12)) +
    disc(318, 78, 34, '#fff4cf') +
    fill('M0 150Q200 96 400 150V216H0Z', '#aab6c6') +
    line('M10 166Q200 116 390 166M6 184Q200 138 394 184', '#d9e0e9', 7) +
    box(0, 206, 400, 40, 0, '#79b36a') +
    fill('M0 240H400V400H0Z', '#c8553d') +
    line('M150 240L-60 400M186 240L110 400M222 240L296 400M256 240L460 400', '#f3e3dc', 4),
  forest: (tint) =>
    box(0, 0, 400, 400, 0, mix('#dcecdf', tint, 0.1)) +
    disc(92, 84, 40, '#fff6d8') +
    [20, 90, 160, 250, 330, 390]
      .map((x, n) => pine(x, 236, 120 + (n % 3) * 26, '#9cc3a2'))
      .join('') +
    [50, 130, 300, 370].map((x, n) => pine(x, 266, 150 + (n % 2) * 40, '#5f9470')).join('') +
    fill('M0 254Q200 226 400 258V400H0Z', '#86a860') +
    fill('M150 400Q190 300 236 246Q246 300 330 400Z', '#c9a877'),
  mountains: (tint) =>
    box(0, 0, 400, 400, 0, mix('#d6e8f6', tint, 0.12)) +
    disc(300, 80, 36, '#fff3c9') +
    fill('M-20 262L96 108L170 196L232 84L420 262Z', '#9db2cc') +
    fill('M96 108L128 146L104 140L86 156L72 140ZM232 84L272 124L244 120L226 138L208 118Z', '#fff') +
    fill('M-20 282Q100 196 220 244T420 226V300H-20Z', '#7fa389') +
    fill('M0 274Q200 236 400 280V400H0Z', '#93b46c') +
    oval(70, 312, 34, 12, '#8b949c') +
    oval(340, 300, 26, 10, '#9aa3ab'),
  gym: (tint) =>
    box(0, 0, 400, 400, 0, mix('#e3e6ea', tint, 0.12)) +
    box(34, 44, 130, 130, 8, '#c4dcec') +
    line('M99 44V174M34 108H164', '#f6f8fa', 6) +
    line('M214 196V72H370V196M214 116H370M214 156H370', '#7d8794', 8) +
    [232, 262, 292, 322, 352]
      .map((x) => disc(x, 104, 11, '#4b515c') + disc(x, 144, 11, mix('#5b6470', tint, 0.5)))
      .join('') +
    box(0, 240, 400, 160, 0, '#5f6672') +
    line('M0 286H400M0 340H400M80 240L20 400M200 240V400M320 240L380 400', '#6c7480', 3),
  court: (tint) =>
    box(0, 0, 400, 400, 0, mix('#e9e3d8', tint, 0.12)) +
    [0, 1, 2, 3, 4].map((n) => box(14 + n * 78, 40, 60, 110, 4, '#f7f3ea')).join('') +
    box(0, 190, 400, 36, 0, mix('#6c7f9c', tint, 0.3)) +
    box(0, 224, 400, 176, 0, '#d8a560') +
    line('M0 262H400M0 308H400M0 360H400', '#c9954f', 3) +
    line('M-20 400L120 224M420 400L280 224M60 332H340', '#fff6e6', 6),
  pool: (tint) =>
    box(0, 0, 400, 400, 0, mix('#dff1f5', tint, 0.1)) +
    [0, 1, 2, 3].map((n) => box(18 + n * 96, 34, 76, 86, 6, '#f5fbfd')).join('') +
    box(0, 152, 400, 128, 0, '#46b3d6') +
    line(
      'M0 182Q50 172 100 182T200 182T300 182T400 182M0 246Q50 236 100 246T200 246T300 246T400 246',
      '#86d3ea',
      6,
    ) +
    line('M0 214H400', '#e2543f', 8) +
    box(0, 276, 400, 124, 0, '#e6ddcb') +
    line(
      'M0 306H400M0 350H400M70 276L30 400M160 276L146 400M250 276L264 400M340 276L380 400',
      '#d5c9b1',
      3,
    ),
  lake: (tint) =>
    box(0, 0, 400, 400, 0, mix('#d9ecf7', tint, 0.12)) +
    disc(96, 92, 36, '#fff2c2') +
    fill('M0 176Q80 120 170 164T400 140V210H0Z', '#7ea58c') +
    [30, 70, 300, 340, 380].map((x) => pine(x, 190, 70, '#5a8a70')).join('') +
    box(0, 196, 400, 120, 0, '#5aa6cf') +
    line('M30 222H120M200 234H320M70 262H180M250 272H370', '#9ccfe6', 5) +
    fill('M0 306Q200 270 400 312V400H0Z', '#e4d2a4'),
  street: (tint) =>
    box(0, 0, 400, 400, 0, mix('#e8e4f0', tint, 0.12)) +
    disc(310, 96, 34, '#ffe9bd') +
    [
      [0, 120, 70],
      [66, 84, 62],
      [124, 140, 76],
      [196, 104, 58],
      [250, 150, 70],
      [316, 96, 90],
    ]
      .map(([x = 0, y = 0, w = 0], n) => box(x, y, w, 160, 2, n % 2 === 0 ? '#b6bbcd' : '#c7cbd9'))
      .join('') +
    fill('M0 236Q200 216 400 236V268H0Z', '#88ab74') +
    box(0, 258, 400, 142, 0, '#6a7080') +
    line('M20 292H90M140 292H210M260 292H330', '#e6e8ee', 6),
  snow: (tint) =>
    box(0, 0, 400, 400, 0, mix('#cfe0f2', tint, 0.1)) +
    fill('M-10 250L90 110L160 190L250 70L420 250Z', '#a6bbd8') +
    fill('M90 110L122 146L96 142L78 158L64 144ZM250 70L300 124L264 116L240 140L214 118Z', '#fff') +
    [24, 66, 336, 376].map((x, n) => pine(x, 262, 110 + (n % 2) * 30, '#6d8fa6')).join('') +
    fill('M0 250Q130 210 260 244T400 236V400H0Z', '#f6f9fd') +
    fill('M0 300Q150 262 400 310V400H0Z', '#e4edf7') +
    [40, 120, 180, 230, 300, 350, 90, 270]
      .map((x, n) => disc(x, 30 + ((n * 53) % 150), 3.5, '#fff'))
      .join(''),
  camp: (tint) =>
    box(0, 0, 400, 400, 0, mix('#39476b', tint, 0.12)) +
    disc(316, 80, 28, '#f7eec9') +
    [40, 90, 150, 210, 260, 350]
      .map((x, n) => disc(x, 24 + ((n * 47) % 100), 2.5, '#e9edf8'))
      .join('') +
    [10, 70, 140, 260, 330, 396]
      .map((x, n) => pine(x, 260, 150 + (n % 3) * 30, '#26365a'))
      .join('') +
    fill('M0 256Q200 232 400 260V400H0Z', '#4d5f54') +
    `<ellipse cx="200" cy="320" rx="190" ry="70" fill="#ffb765" opacity="0.35"/>`,
  room: (tint) =>
    box(0, 0, 400, 400, 0, mix('#f0e9e1', tint, 0.12)) +
    box(44, 46, 120, 150, 6, '#cfe3ee') +
    line('M104 46V196M44 120H164', '#fff', 7) +
    fill(
      'M300 250Q270 170 296 110Q318 160 314 250ZM306 250Q320 170 366 140Q360 210 320 250ZM298 250Q286 190 250 166Q254 220 290 250Z',
      '#7fa981',
    ) +
    fill('M276 246H336L328 296H284Z', '#c77f58') +
    box(0, 288, 400, 112, 0, '#d9bb93') +
    line('M0 322H400M0 362H400', '#cbab80', 3),
}

/** The backdrop on a sheet of 400 by 400, its ground from y = 300 on; tinted a little. */
export function backdrop(scene: Scene, tint: string): string {
  return SCENES[scene](tint)
}

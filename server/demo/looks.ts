import type { Look } from '#context/tenants'

/** How the demo shops look: nobody should take one for the other. */
const LOOKS: Readonly<Record<string, Look>> = {
  demo: {
    colors: {
      light: {
        paper: '#f6f8fb',
        card: '#ffffff',
        ink: '#0d1b2e',
        muted: '#51607a',
        line: '#dbe3ee',
        accent: '#1648d4',
        onAccent: '#ffffff',
        good: '#0f7048',
        bad: '#b4232a',
      },
      dark: {
        paper: '#0b1220',
        card: '#131d30',
        ink: '#eef3fb',
        muted: '#9fb0cb',
        line: '#263550',
        accent: '#8fb4ff',
        onAccent: '#08142b',
        good: '#63d6a0',
        bad: '#ff8f8f',
      },
    },
    radius: 0.875,
    fonts: 'manrope',
    logo: { asset: null, text: 'TORG·SPORT' },
    tagline: {
      uk: 'Спорядження для тих, хто рухається щодня',
      ru: 'Снаряжение для тех, кто в движении каждый день',
      en: 'Gear for people who move every day',
    },
  },
  second: {
    colors: {
      light: {
        paper: '#f7f3ea',
        card: '#fffdf8',
        ink: '#1f2118',
        muted: '#5c5f4e',
        line: '#e2dac8',
        accent: '#2f5d3a',
        onAccent: '#fdfbf4',
        good: '#2b6a3c',
        bad: '#a3301d',
      },
      dark: {
        paper: '#161812',
        card: '#20231b',
        ink: '#f3efe2',
        muted: '#b3b29f',
        line: '#383c2f',
        accent: '#f0b64a',
        onAccent: '#221804',
        good: '#93cf8e',
        bad: '#ff9a85',
      },
    },
    radius: 0.125,
    fonts: 'rubik-golos',
    logo: { asset: null, text: 'gintaro trail' },
    tagline: {
      en: 'Amber, pine and long days on foot',
      uk: 'Бурштин, сосни й довгі дні в дорозі',
      ru: 'Янтарь, сосны и долгие дни в пути',
    },
  },
}

/** Throws for a shop that nobody has dressed. */
export function demoLook({ slug }: { readonly slug: string }): Look {
  const look = LOOKS[slug]
  if (look === undefined) throw new Error(`Nobody has said how ${slug} looks.`)
  return look
}

/** Units as shoppers write them, folded, and the sign that a term has for each. */
export const UNITS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    kg: 'kg кг кіло кило кілограм кілограми кілограмів килограмм килограмма килограммов kilo kilos kilogram kilograms kgs',
    g: 'g г гр грам грамів грамм граммов gr gram grams',
    l: 'l л літр літри літрів литр литра литров lt liter liters',
    ml: 'ml мл мілілітрів миллилитров',
    mm: 'mm мм міліметрів миллиметров',
    cm: 'cm см сантиметр сантиметри сантиметрів сантиметра сантиметров',
    m: 'm м метр метри метрів метра метров meter meters',
    oz: 'oz унц унція унції унцій унция унции унций ounce ounces',
    in: 'inch inches дюйм дюйми дюймів дюйма дюймов',
    w: 'w вт ват',
    lm: 'lm лм люмен люменів люменов lumen lumens',
  }).flatMap(([unit, words]) => words.split(' ').map((word): [string, string] => [word, unit])),
)

/** A number and its unit as one term: `4.5`, `m` are `4d5m`. Terms are letters and digits only. */
export function measureTerm(number: string, unit = ''): string {
  return number.replace('.', 'd') + unit
}

/** Clothes, the outdoors, sports and properties; written as in `vocabulary-gear.ts`. */
export const OUTDOOR = `
рюкзак,рюкзачок,наплічник,ранець|рюкзак,рюкзачок,ранец|backpack,rucksack,pack,knapsack,bagpack
похідний рюкзак,туристичний рюкзак|походный рюкзак,туристический рюкзак|hiking backpack,trekking backpack
одноденний рюкзак,міський рюкзак|однодневный рюкзак,городской рюкзак|day pack,daypack
сумка,баул|сумка,баул|bag,duffel,holdall
поясна сумка,бананка|поясная сумка,бананка|waist bag,waist pack,bum bag,fanny pack
біговий жилет,трейловий жилет,жилет для бігу|беговой жилет,трейловый жилет,жилет для бега|running vest,trail vest,hydration vest,race vest
стартовий пояс,пояс для номера|стартовый пояс,пояс для номера|race belt,number belt
жилет,жилетка|жилет,жилетка|vest,gilet
питна система,гідратор,гідросистема|питьевая система,гидратор,гидросистема|hydration reservoir,hydration bladder,water bladder,hydration pack
фляга,пляшка|фляга,бутылка|bottle,flask
м'яка фляга|мягкая фляга|soft flask,collapsible bottle
~фляга,пляшка,термос|фляга,бутылка,термос|bottle,flask,water bottle
термос,термопляшка,термобутилка|термос,термобутылка|vacuum flask,thermos,insulated bottle,thermos flask
термокружка,термочашка|термокружка|travel mug,insulated mug
шейкер|шейкер|shaker
намет,палатка|палатка,намет|tent
одномісний намет|одноместная палатка|one-person tent,solo tent
двомісний намет|двухместная палатка|two-person tent
сімейний намет,кемпінговий намет|семейная палатка,кемпинговая палатка|family tent
тент,навіс,тарп|тент,навес,тарп|tarp,canopy,shelter,awning
кілки,кілочки,колишки|колышки,колья|tent pegs,pegs,stakes,tent stakes
відтяжки,мотузка|оттяжки,верёвка|guy lines,guylines
спальник,спальний мішок|спальник,спальный мешок|sleeping bag
ковдра,квілт|одеяло,квилт|quilt,blanket
подушка,подушечка|подушка|pillow
гамак|гамак|hammock
стілець,крісло|стул,кресло|chair,camp chair
стіл,столик|стол,столик|table
пальник,горілка,примус|горелка,примус|stove,burner,cooker,camping stove,camp stove
газовий пальник,газова горілка,горілка газова|газовая горелка|gas stove,gas burner
газовий балон,газ|газовый баллон,газ|gas canister,fuel canister
казанок,котелок,каструля|котелок,казанок,кастрюля|pot,saucepan,billy
посуд|посуда|cookware,dishes,crockery
ложка|ложка|spoon
ложковилка,ловилка|ложковилка|spork
чашка,кружка,горня|кружка,чашка|mug,cup
миска|миска|bowl
ніж|нож|knife
сокира|топор|axe,hatchet
пила|пила|saw
лопата|лопата|shovel
ліхтар,ліхтарик,фонарик|фонарь,фонарик|light,flashlight,torch,lamp
налобний ліхтар,налобник|налобный фонарь,налобник|headlamp,head torch,headlight
кемпінговий ліхтар|кемпинговый фонарь|lantern,camping lantern
сонячний ліхтар|солнечный фонарь|solar lantern,solar lamp
компас|компас|compass
карта,мапа|карта|map
навігатор|навигатор|gps,navigator
бінокль|бинокль|binoculars
аптечка|аптечка|first aid kit
павербанк,зовнішній акумулятор|повербанк,внешний аккумулятор|power bank,powerbank
дощовик,дощова куртка|дождевик,дождевая куртка|rain jacket,raincoat,waterproof jacket
пончо|пончо|poncho
парасоля,парасолька|зонт,зонтик|umbrella
куртка|куртка|jacket,coat
вітрівка,вітровка|ветровка|windbreaker,wind jacket,windcheater
~куртка,вітрівка,дощовик,пуховик|куртка,ветровка,дождевик,пуховик|jacket,windbreaker
~куртка,анорак,парка|куртка,анорак,парка|jacket,anorak,parka
пуховик|пуховик|down jacket,puffer jacket,puffer
софтшел|софтшелл|softshell
флісова кофта,фліска,фліс|флисовая кофта,флиска,флис|fleece,fleece jacket
кофта,світшот,толстовка,худі|кофта,свитшот,толстовка,худи|sweatshirt,hoodie,sweater,jumper
светр|свитер|sweater,jumper
термобілизна|термобельё|base layer,thermal underwear,thermals,baselayer
білизна,труси|бельё,трусы|underwear,briefs,boxers
спортивний топ,бра,топ|спортивный топ,бра,топ|sports bra,bra,top
футболка,теніска,майка|футболка,тенниска,майка|tee,t-shirt,tshirt,shirt,t shirt
майка,безрукавка|майка,безрукавка|tank top,singlet
лонгслів|лонгслив|long sleeve,longsleeve
сорочка|рубашка|shirt
поло|поло|polo
форма,спортивна форма|форма,спортивная форма|kit,uniform
шорти|шорты|shorts
штани,брюки|штаны,брюки|pants,trousers
спортивні штани,треніки|спортивные штаны,треники|sweatpants,joggers,track pants
спортивний костюм|спортивный костюм|tracksuit,track suit
тайтси,легінси,лосини,лосіни|тайтсы,леггинсы,лосины|tights,leggings
спідниця|юбка|skirt,skort
сукня,плаття|платье|dress
комбінезон|комбинезон|jumpsuit,overall,suit
шкарпетки,носки|носки,шкарпетки|socks
гетри|гетры|football socks,soccer socks,knee socks
гольфи компресійні,компресійні гетри|компрессионные гольфы,компрессионные гетры|compression socks,calf sleeves
шарф,бафф,баф,хомут,снуд|шарф,бафф,баф,хомут,снуд|scarf,neck tube,buff,neck gaiter,neck warmer
балаклава,підшоломник|балаклава,подшлемник|balaclava
шапка|шапка|hat,beanie
кепка,бейсболка|кепка,бейсболка|cap,baseball cap
панама|панама|bucket hat,sun hat
козирок|козырёк|visor
пов'язка|повязка|headband
рушник|полотенце|towel
лижі|лыжи|skis,ski
бігові лижі|беговые лыжи|cross-country skis,cross country skis,nordic skis
гірські лижі|горные лыжи|alpine skis,downhill skis
лижні палиці|лыжные палки|ski poles
трекінгові палиці,палиці для ходьби,палки|треккинговые палки,скандинавские палки,палки для ходьбы|trekking poles,hiking poles,walking poles,nordic poles
~палиці,палки|палки|poles,sticks
лижні черевики|лыжные ботинки|ski boots
кріплення|крепления|bindings
сноуборд|сноуборд|snowboard
ковзани,коньки|коньки|skates,ice skates,skate,skating
ключка|клюшка|hockey stick
шайба|шайба|puck
сани,санки,санчата|сани,санки|sled,sledge,pulk,toboggan
лижна мазь,віск|лыжная мазь,воск|wax,ski wax
каяк,байдарка|каяк,байдарка|kayak
каное|каноэ|canoe
човен|лодка|boat
весло|весло|paddle,oar
сапборд,сап,sup дошка,дошка для серфінгу з веслом|сапборд,сап,sup доска|sup board,paddle board,paddleboard,sup
рятувальний жилет,страхувальний жилет|спасательный жилет,страховочный жилет|life jacket,life vest,buoyancy vest,buoyancy aid,pfd
гермомішок,гермосумка|гермомешок,гермосумка|dry bag,drybag,dry sack
вудка,вудочка|удочка|fishing rod
мотузка|верёвка|rope
карабін|карабин|carabiner
страхувальна система,обв'язка|страховочная система,обвязка|harness
скельні туфлі,скельники|скальные туфли,скальники|climbing shoes
магнезія|магнезия|chalk
льодоруб|ледоруб|ice axe
гель,енергетичний гель|гель,энергетический гель|gel,energy gel
батончик|батончик|bar,energy bar
протеїн|протеин|protein,whey
ізотонік,електроліти,електролітні таблетки|изотоник,электролиты,электролитные таблетки|isotonic,electrolytes,electrolyte tablets
сублімат,сублімована їжа,сублімати|сублимат,сублимированная еда,сублиматы,сублимированный|freeze-dried meal,freeze-dried food,freeze-dried
каша|каша|porridge
харчування,їжа|питание,еда|food,nutrition
вітаміни|витамины|vitamins
біг,пробіжка|бег,пробежка|running,jogging,run
трейл,трейлранінг|трейл,трейлраннинг|trail,trail running
марафон|марафон|marathon
орієнтування|ориентирование|orienteering
футбол|футбол|football,soccer
футзал,мініфутбол|футзал,минифутбол|futsal
баскетбол|баскетбол|basketball
волейбол|волейбол|volleyball
гандбол|гандбол|handball
теніс|теннис|tennis
плавання,басейн|плавание,бассейн|swimming,pool,swim
велоспорт,велосипедний,вело|велоспорт,велосипедный,вело|cycling,bike
йога|йога|yoga
пілатес|пилатес|pilates
фітнес|фитнес|fitness,workout
бокс|бокс|boxing
боксерський,боксерська|боксёрский,боксёрская|boxing
дзюдо|дзюдо|judo
карате|каратэ|karate
боротьба|борьба|wrestling
єдиноборства|единоборства|martial arts,combat sports
гімнастика|гимнастика|gymnastics
похід,трекінг,туризм|поход,треккинг,туризм|hiking,trekking,hike
похідний,туристичний,трекінговий|походный,туристический,треккинговый|hiking,trekking
кемпінг|кемпинг|camping
альпінізм|альпинизм|mountaineering
скелелазіння|скалолазание|climbing
рибалка,риболовля|рыбалка|fishing
гірськолижний,лижний|горнолыжный,лыжный|ski,skiing
зимовий,зима|зимний,зима|winter
літній,літо|летний,лето|summer
жіночий,жінка,для жінок|женский,женщина,для женщин|women,woman,ladies,female
чоловічий,чоловік,для чоловіків|мужской,мужчина,для мужчин|men,man,male
дитячий,діти,дитина,підлітковий,юніорський|детский,дети,ребёнок,подростковый,юниорский|kids,children,child,junior,youth
дорослий|взрослый|adult
чорний|чёрный|black
білий|белый|white
червоний|красный|red
синій|синий|blue
~синій,темно-синій,блакитний|синий,тёмно-синий,голубой|blue,navy
блакитний,голубий|голубой|light blue,sky blue
зелений|зелёный|green
жовтий|жёлтый|yellow
помаранчевий,оранжевий|оранжевый|orange
фіолетовий,бузковий|фиолетовый,сиреневый|violet,purple,lilac
рожевий|розовый|pink
сірий|серый|gray
~сірий,графітовий|серый,графитовый|gray,graphite
коричневий|коричневый|brown
оливковий|оливковый|olive
бордовий|бордовый|burgundy,maroon
бірюзовий|бирюзовый|turquoise,teal
м'ятний|мятный|mint
пісочний,бежевий|песочный,бежевый|sand,beige
лаймовий,салатовий|лаймовый,салатовый|lime
прозорий|прозрачный|clear,transparent
великий|большой|large,big
малий,маленький|малый,маленький|small
легкий|лёгкий|light,lightweight
теплий,утеплений|тёплый,утеплённый|warm,insulated
водонепроникний,непромокальний,водостійкий|водонепроницаемый,непромокаемый|waterproof
вітрозахисний|ветрозащитный|windproof,wind
мембранний|мембранный|membrane
складаний,складний|складной,раскладной|folding,foldable
надувний|надувной|inflatable,air
самонадувний|самонадувающийся|self-inflating
регульований|регулируемый|adjustable
набір,комплект|набор,комплект|set,kit
пара|пара|pair
вуличний|уличный|outdoor,street
пляжний|пляжный|beach
професійний|профессиональный|professional,pro
тренувальний|тренировочный|training
змагальний|соревновательный|racing,race
шипований,з шипами,шипи|шипованный,с шипами,шипы|studded,spiked
меринос,мериносовий|меринос,мериносовый|merino
вовняний,вовна|шерстяной,шерсть|wool,woolen
бавовна,бавовняний|хлопок,хлопковый|cotton
шкіра,шкіряний|кожа,кожаный|leather
пух,пуховий|пух,пуховый|down
гумовий,каучуковий|резиновый,каучуковый|rubber
чавунний,чавун|чугунный,чугун|cast-iron,cast iron
титан,титановий|титан,титановый|titanium
сталь,сталевий|сталь,стальной|steel
корок,корковий|пробка,пробковый|cork
силікон,силіконовий|силикон,силиконовый|silicone
пластик,пластиковий|пластик,пластиковый|plastic
дерево,дерев'яний|дерево,деревянный|wooden,wood
карбон,карбоновий|карбон,карбоновый|carbon
алюміній,алюмінієвий|алюминий,алюминиевый|aluminum
`

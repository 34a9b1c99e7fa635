/**
 * What shops of sport and outdoor gear sell, in three languages: a group a line, `uk | ru | en`,
 * words of one language by commas, phrases allowed. Whoever types one of a group looks for all of
 * it. A line that begins with `~` holds things of which one will do for another: they count less.
 * A shop's own synonyms come on top and are the shop's (SRC-05).
 */
export const GEAR = `
кросівки|кроссовки|sneakers,trainers,running shoes
кросівки,снікерси,снікери|кроссовки,сникерсы,сникеры|sneakers
~кросівки,кеди|кроссовки,кеды|sneakers,canvas shoes
бігові кросівки,кросівки для бігу|беговые кроссовки,кроссовки для бега|running shoes,jogging shoes
трейлові кросівки,кросівки для трейлу|трейловые кроссовки,кроссовки для трейла|trail shoes,trail running shoes
підхідні кросівки|подходные кроссовки|approach shoes
кеди|кеды|canvas shoes,plimsolls
черевики,ботинки|ботинки|boots
~черевики,чоботи,берци|ботинки,сапоги,берцы|boots
трекінгові черевики,туристичні черевики|треккинговые ботинки,туристические ботинки|hiking boots,trekking boots,walking boots
бутси,копочки|бутсы,копочки|football boots,soccer cleats,cleats,soccer boots,soccer shoes
сороконіжки,багатошиповки|сороконожки,многошиповки|turf shoes,turf boots,astro boots
футзалки,бампи|футзалки,зальники|futsal shoes,indoor football shoes
~бутси,сороконіжки,футзалки|бутсы,сороконожки,футзалки|football boots,futsal shoes,turf shoes
шиповки,шипівки|шиповки|spikes,track spikes
борцівки|борцовки|wrestling shoes
боксерки|боксёрки|boxing shoes
штангетки|штангетки|weightlifting shoes,lifters
велотуфлі,велосипедні туфлі,веловзуття|велотуфли,велообувь|cycling shoes,bike shoes
сандалі,босоніжки|сандалии,сандали|sandals
шльопанці,тапочки,тапки,капці,сланці|шлёпанцы,тапочки,тапки,сланцы,вьетнамки|flip flops,slides,slippers
аквашузи,аквавзуття,коралки|аквашузы,коралки|water shoes,aqua shoes
взуття|обувь|shoes,footwear
чоботи|сапоги|boots,wellingtons
устілки,стельки|стельки|insoles
шнурки,шнурівки|шнурки|laces,shoelaces
гамаші,бахіли,гетри|гамаши,гетры,бахилы|gaiters
льодоступи,кішки|ледоступы,кошки|crampons,microspikes,ice cleats,pull-on spikes,shoe spikes
снігоступи|снегоступы|snowshoes
рукавиці,рукавички,перчатки|перчатки,рукавицы|gloves
~рукавиці,рукавички,мітенки|перчатки,варежки,рукавицы,митенки|gloves,mittens,mitts
варежки,рукавиці|варежки,рукавицы|mittens,mitts
боксерські рукавиці,боксерські рукавички|боксёрские перчатки,перчатки для бокса|boxing gloves
воротарські рукавиці,рукавички для воротаря|вратарские перчатки,перчатки вратаря|goalkeeper gloves,goalie gloves,keeper gloves
гірськолижні рукавиці,лижні рукавички|горнолыжные варежки,горнолыжные перчатки,лыжные перчатки|ski mittens,ski gloves
велорукавиці,велорукавички,велоперчатки|велоперчатки,велосипедные перчатки|cycling gloves,bike gloves
снарядні рукавиці,блінчики|снарядные перчатки,блинчики|bag gloves
накладки,шингарди|накладки,шингарды|mitts,mma gloves
бинти|бинты|hand wraps,wraps,handwraps
мішок,груша|мешок,груша|bag
боксерський мішок,боксерська груша,груша для боксу|боксёрский мешок,боксёрская груша,груша для бокса|heavy bag,punching bag,punch bag,boxing bag
лапи|лапы|focus mitts,focus pads,punching mitts
макивара,маківара|макивара|kick shield,makiwara
капа,боксерська капа|капа,боксёрская капа|mouthguard,gum shield
шолом|шлем|helmet
~шолом,каска|шлем,каска|helmet,hard hat
боксерський шолом|боксёрский шлем|head guard,headgear
велошолом,велосипедний шолом,велошлем|велошлем,велосипедный шлем|bike helmet,cycling helmet,bicycle helmet
гірськолижний шолом,лижний шолом|горнолыжный шлем,лыжный шлем|ski helmet,snow helmet
кімоно,дзюдогі,добок|кимоно,дзюдоги,добок|judo uniform,gi,kimono,judogi,dobok
пояс,ремінь|пояс,ремень|belt
атлетичний пояс,важкоатлетичний пояс|атлетический пояс,тяжелоатлетический пояс|lifting belt,weightlifting belt
скакалка,стрибалка|скакалка,прыгалка|skipping rope,jump rope,speed rope
м'яч,мячик|мяч,мячик|ball
футбольний м'яч|футбольный мяч|football,soccer ball,match ball
~футбольний м'яч,тренувальний м'яч,м'яч для футзалу|футбольный мяч,тренировочный мяч,мяч для футзала|football,soccer ball,futsal ball,training ball
баскетбольний м'яч,м'яч для баскетболу|баскетбольный мяч,мяч для баскетбола|basketball
волейбольний м'яч,м'яч для волейболу|волейбольный мяч,мяч для волейбола|volleyball
гандбольний м'яч,м'яч для гандболу|гандбольный мяч,мяч для гандбола|handball
тенісний м'яч,м'яч для тенісу|теннисный мяч,мяч для тенниса|tennis ball
м'яч для регбі|мяч для регби|rugby ball
фітбол,м'яч для фітнесу,гімнастичний м'яч|фитбол,мяч для фитнеса,гимнастический мяч|exercise ball,gym ball,swiss ball,stability ball
медбол,медичний м'яч|медбол,медицинский мяч|medicine ball,slam ball,wall ball
сітка|сетка|net
ворота|ворота|goal,goals
баскетбольне кільце,кошик|баскетбольное кольцо,корзина|hoop,basketball hoop
щитки|щитки|shin guards,shin pads
наколінники|наколенники|knee pads,kneepads
налокітники|налокотники|elbow pads
захист|защита|pads,protection,guards
наколінник,бандаж|наколенник,бандаж,суппорт|knee support,knee sleeve,brace
манишка|манишка|bib,training bib
свисток|свисток|whistle
конус,фішки|конус,фишки|cone,cones,markers
драбина координаційна,координаційна доріжка|координационная лестница|agility ladder,speed ladder
ракетка|ракетка|racket,racquet
тенісна ракетка,ракетка для тенісу|теннисная ракетка,ракетка для тенниса|tennis racket
ракетка,ракетка для настільного тенісу|ракетка,ракетка для настольного тенниса|bat,paddle,table tennis bat
настільний теніс,пінгпонг,пінг понг|настольный теннис,пингпонг,пинг понг|table tennis,ping pong,pingpong
волан,воланчик|волан,воланчик|shuttlecock,shuttle,birdie
бадмінтон|бадминтон|badminton
струни|струны|strings,string
намотка,обмотка|намотка,обмотка|overgrip,grip tape
гиря|гиря|kettlebell
гантеля,гантелі|гантель,гантели|dumbbell
штанга,гриф|штанга,гриф|barbell,olympic bar
диск,блін,млинець|диск,блин|plate,weight plate,bumper plate
лава,лавка|скамья,лавка,скамейка|bench
турнік,перекладина|турник,перекладина|pull-up bar,chin-up bar,pull up bar,chin up bar,pullup bar
бруси|брусья|dip bars,parallel bars,parallettes
упори для віджимань|упоры для отжиманий|push-up bars,push up handles,push up bars
еспандер,гума,петлі,гумки,резинки|эспандер,резина,петли,резинки|resistance band,resistance bands,loop band,resistance loop,exercise band,expander
кистьовий еспандер|кистевой эспандер|hand gripper,grip trainer
обважнювачі,утяжелювачі|утяжелители|ankle weights,wrist weights
обруч,хулахуп|обруч,хулахуп|hula hoop,hoop
степ,степ платформа|степ,степ платформа|step platform,aerobic step
колесо для преса,ролик для преса|колесо для пресса,ролик для пресса|ab wheel,ab roller
тренажер|тренажёр|trainer,machine
велотренажер,орбітрек|велотренажёр,орбитрек|exercise bike,spin bike,elliptical
бігова доріжка|беговая дорожка|treadmill
килимок,коврик,мат|коврик,мат|mat
килимок для йоги,йогамат,йога мат|коврик для йоги,йогамат,йога мат|yoga mat,yogamat
килимок для фітнесу|коврик для фитнеса|exercise mat,fitness mat
каремат,килимок туристичний,пінка|каремат,туристический коврик,пенка|sleeping mat,camping mat,sleeping pad,foam pad
~каремат,самонадувний килимок,надувний килимок|каремат,самонадувающийся коврик,надувной коврик,туристический коврик|sleeping mat,self-inflating mat,air mat,sleeping pad
матрац,матрас|матрас,матрац|mattress,air bed
блок для йоги,цегла для йоги|блок для йоги,кирпич для йоги|yoga block,yoga brick
ремінь для йоги|ремень для йоги|yoga strap,yoga belt
болстер,валик|болстер,валик|bolster
масажний ролик,рол,масажний рол|массажный ролик,ролл,массажный ролл|foam roller,massage roller,roller
масажний м'яч|массажный мяч|massage ball
масажер|массажёр|massager,massage gun
окуляри,очки|очки,окуляры|glasses,goggles
сонцезахисні окуляри,сонячні окуляри|солнцезащитные очки,солнечные очки|sunglasses
окуляри для плавання,очки для плавання|очки для плавания|swimming goggles,swim goggles
гірськолижна маска,лижна маска,гірськолижні окуляри|горнолыжная маска,лыжная маска,горнолыжные очки|ski goggles,snow goggles,ski mask
маска,напівмаска|маска,полумаска|mask
трубка,шноркель|трубка|snorkel
шапочка|шапочка|cap
шапочка для плавання,шапочка для басейну|шапочка для плавания,шапочка для бассейна|swim cap,swimming cap,bathing cap
дошка для плавання,плавальна дошка|доска для плавания,плавательная доска|kickboard,swim board
колобашка|колобашка|pull buoy
лопатки для плавання|лопатки для плавания|hand paddles,swim paddles
ласти|ласты|fins,flippers,swim fins
плавки|плавки|swim briefs,swimming trunks,trunks
плавки джамери,джамери|плавки джаммеры,джаммеры|jammers
~плавки,джамери|плавки,джаммеры|swim trunks,jammers,swim briefs
купальник|купальник|swimsuit,bathing suit,swimming costume
гідрокостюм|гидрокостюм|wetsuit
велосипед,ровер,вело|велосипед,велик,вело|bike,bicycle,cycle
гравійний велосипед,гравел|гравийный велосипед,гравел|gravel bike
гірський велосипед,маунтинбайк|горный велосипед,маунтинбайк|mountain bike,mtb
беговел,біговел|беговел|balance bike
самокат|самокат|scooter,kick scooter
скейт,скейтборд|скейт,скейтборд|skateboard
лонгборд|лонгборд|longboard
ролики,роликові ковзани|ролики,роликовые коньки|inline skates,rollerblades,roller skates
насос,помпа|насос,помпа|pump
підлоговий насос|напольный насос|floor pump,track pump
камера|камера|tube,inner tube
покришка,шина|покрышка,шина|tire,tyre
сідло|седло|saddle,seat
педалі|педали|pedals
ланцюг|цепь|chain
багажник|багажник|rack,carrier
крила,крило|крылья,крыло|fenders,mudguards
дзвінок,клаксон|звонок|bell
велозамок,велосипедний замок,замок,вело замок|велозамок,велосипедный замок,замок,вело замок|bike lock,lock
велоліхтар,ліхтар для велосипеда,велофара|велофонарь,фонарь для велосипеда,велофара|bike light,bicycle light
велокомп'ютер,велосипедний комп'ютер|велокомпьютер,велосипедный компьютер|bike computer,cycling computer
мультитул,мультиінструмент|мультитул,мультиинструмент|multi-tool,multitool,multi tool
велофляга,фляга для велосипеда|велофляга,фляга для велосипеда|bike bottle,cycling bottle
флягодержатель,тримач для фляги|флягодержатель|bottle cage
велосумка,підсідельна сумка|велосумка,подседельная сумка|saddle bag,bike bag,frame bag
велошорти|велошорты|cycling shorts,bike shorts,bib shorts
веломайка,велоджерсі|веломайка,велоджерси|cycling jersey,bike jersey
годинник,часи|часы,годинник|watch
спортивний годинник,смарт годинник,розумний годинник|спортивные часы,смарт часы,умные часы|sports watch,smartwatch,smart watch,gps watch
пульсометр,кардіодатчик,датчик пульсу|пульсометр,кардиодатчик,датчик пульса|heart rate monitor,heart rate strap,hrm,chest strap
секундомір,хронометр|секундомер,хронометр|stopwatch,timer
крокомір,фітнес браслет|шагомер,фитнес браслет|pedometer,fitness tracker,activity tracker
ваги,терези|весы|scale,scales
розумні ваги,смарт ваги,підлогові ваги|умные весы,смарт весы,напольные весы|smart scale,bathroom scale,body scale
навушники|наушники|headphones,earphones,earbuds
камера екшн|экшн камера|action camera
`

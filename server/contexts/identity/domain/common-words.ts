/**
 * Words that passwords are made of most often, in Latin and Cyrillic letters, and those of our own
 * trade: a password is refused when it is one of these with digits and signs around it.
 */
export const COMMON: ReadonlySet<string> = new Set(
  `
password passwort parol passw pass passwd mypassword thepassword passwordpassword newpassword
changeme changemenow changeit letmein letmeinnow welcome welcomeback welcomehome welcometo
qwerty qwertyuiop qwertyqwerty qwertz azerty asdfgh asdfghjkl asdf zxcvbn zxcvbnm qazwsx
qazwsxedc admin administrator root superuser sysadmin manager operator guest user username
default temp temporary secret secrets topsecret private login logon signin access master monkey
dragon sunshine princess football baseball basketball soccer hockey tennis golf rugby volleyball
boxing cycling swimming running runner fitness gym yoga sport sports superman batman spiderman
ironman starwars startrek pokemon pikachu naruto minecraft fortnite matrix jordan michael
michelle jennifer jessica ashley amanda daniel charlie thomas robert william george andrew
joshua matthew anthony hunter hannah buster tigger shadow ginger pepper cookie cheese chocolate
banana orange apple summer winter spring autumn january february march april june july august
september october november december monday tuesday wednesday thursday friday saturday sunday
iloveyou iloveyouforever loveyou lovely loveme love forever whatever trustno trustnoone nothing
nobody freedom liberty peace computer internet server network windows microsoft google facebook
instagram whatsapp telegram youtube twitter amazon samsung iphone android nokia sony playstation
nintendo xbox linux ubuntu debian oracle mysql postgres postgresql database docker kubernetes
github gitlab jenkins cisco juniper hello helloworld hellohello goodbye goodmorning goodnight
example sample test testing tester testtest demo demodemo trial company office business finance
accounting marketing sales money dollar bitcoin ethereum crypto gold silver diamond platinum
lucky luckyone jackpot casino poker winner champion legend hero king queen prince angel angels
devil demon heaven jesus christ god blessed blessing church mustang corvette ferrari porsche
mercedes toyota honda harley yamaha kawasaki ducati camaro chevrolet yankees lakers cowboys
steelers eagles liverpool chelsea arsenal manchester manchesterunited barcelona realmadrid
juventus milan bayern dortmund dynamo dynamokyiv shakhtar shakhtardonetsk metalist ukraine
ukraina slavaukraini slavaukraine heroyamslava kyiv kiev lviv odesa odessa kharkiv dnipro
zaporizhzhia poltava chernihiv kherson mariupol crimea europe poland warsaw london paris berlin
america american california texas newyork chicago boston florida canada australia germany
deutschland france italia espana russia moscow moskva privet zdravstvuy spasibo lyubov ljubov
solnce solnyshko zvezda natasha sasha masha dasha olga oksana iryna irina tetiana svitlana
svetlana andriy andrey oleksandr aleksandr sergey serhiy dmytro dmitry volodymyr vladimir mykola
nikolay ivan bohdan taras shevchenko marina maryna katya kateryna yulia julia anna hanna nastya
viktoria victoria kolobok kozak kosak borsch пароль парольпароль йцукен йцукенг фывапр ячсмит
привет привіт здравствуй любов любовь україна украина київ киев слава україні адмін админ
админістратор сонечко солнышко марина наташа abcdef abcdefgh abcabc aaaaaa qweqwe qweasd
qweasdzxc asdasd zxczxc onetwothree onetwothreefour correcthorsebatterystaple killer soldier
sniper ranger warrior viking ninja samurai wizard magic mystery phoenix falcon eagle tiger
panther cougar bear wolf fox dolphin turtle butterfly flower rose daisy lily purple yellow green
blue black white scarlet rainbow sunset sunrise moon moonlight star stars starlight galaxy
universe planet earth ocean river mountain forest island guitar piano music metallica nirvana
slipknot beatles eminem rihanna madonna beyonce hiphop rocknroll rockstar family mother father
mommy daddy brother sister baby babygirl babyboy sweetheart sweety honey darling friend friends
bestfriend friendship together happy happiness smile school student teacher college university
academy science physics chemistry biology mathematics history doctor nurse police fireman pilot
captain sailor engineer developer programmer designer coffee pizza burger chicken vodka whisky
whiskey beer tequila dog doggy puppy cat kitty kitten hamster rabbit bunny horse pony fish
parrot shop shopping shopper store market customer client order cart checkout payment delivery
courier warehouse stock torg torgshop torgsport sportshop sportstore sportswear webshop
onlineshop eshop unlock unlockme openup opensesame sesame abracadabra enter entrance security
secure safety protect protection defender firewall backup restore support helpdesk service
maintenance system production staging development qwertyuiopasdfghjkl qwertyasdfgh
passwordqwerty qwertypassword adminadmin rootroot rootpassword loginlogin masterkey
masterpassword verysecret supersecret
`
    .trim()
    .split(/\s+/),
)

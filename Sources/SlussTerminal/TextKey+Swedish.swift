extension TextKey {
    /// Every text in Swedish; `{number}` and the like are filled in.
    var swedish: String {
        switch self {
        // The start screen
        case .giveIdea: "Lämna idé"
        case .answers: "Svar till oss"
        case .answersNewOne: "Svar till oss (1 nytt)"
        case .answersNew: "Svar till oss ({number} nya)"
        case .meetings: "APT"
        case .help: "Hjälp"
        case .ourIdeas: "Våra idéer"
        case .search: "Sök"
        case .exchange: "Stickan: lämna och hämta"
        case .handbook: "Handboken"
        case .goOnWithOne: "Fortsätt det du började skriva"
        case .goOnWithMany: "Fortsätt det du började skriva ({number})"
        case .lockOrSwitch: "Lås eller byt person"
        case .actionLeft: "1 åtgärd från förra APT är inte klar."
        case .actionsLeft: "{number} åtgärder från förra APT är inte klara."
        case .toStart: "Till start"
        // The screen's last row, and plain mode
        case .footChoice: "Siffra väljer. Backsteg = tillbaka. 0 = spara och lås"
        case .footDigit: "Siffra väljer. Backsteg = tillbaka"
        case .footChoiceShort: "Backsteg = tillbaka. 0 = spara, lås"
        case .footMore: "Enter = mer text. Backsteg = tillbaka. 0 = lås"
        case .footMoreShort: "Enter = mer. Backsteg = tillbaka"
        case .footFromTop: "Enter = från början. Backsteg = tillbaka. 0 = lås"
        case .footFromTopShort: "Enter = början. Backsteg = tillbaka"
        case .footBlock: "Enter två gånger = klart. 0 och Enter = spara och lås"
        case .footBlockShort: "Enter 2 ggr = klart. 0 Enter = lås"
        case .footLine: "Enter = klart. Backsteg i tom rad = tillbaka"
        case .footLineShort: "Enter = klart. Backsteg = tillbaka"
        case .footSecret: "Enter = klart. Det du skriver visas inte"
        case .footSecretShort: "Enter = klart. Visas inte"
        case .charactersLeft: "{number} tecken kvar"
        case .tooLongBy: "[FÖR LÅNGT] {number} tecken för mycket"
        case .tooLong:
            """
            [FÖR LÅNGT] Texten har {number} tecken. {max} får plats. Inget är borta: korta \
            den och tryck Enter igen.
            """
        case .cutOff: "[FÖR LÅNGT] Bara de första {max} tecknen fick plats. Resten kom inte med."
        case .lockWarning:
            """
            [LÅSER SNART] Sluss låser om {number} sekunder. Tryck på en tangent för att \
            fortsätta. Texten sparas.
            """
        case .plainChoice: "Skriv en siffra och Enter. B = tillbaka, 0 = spara och lås."
        case .plainChoiceOr:
            """
            Skriv en siffra och Enter. Bara Enter = {number}. B = tillbaka, 0 = spara och \
            lås.
            """
        case .plainNotAChoice: "[FEL] Den siffran finns inte här. Inget har ändrats."
        case .plainNotText:
            """
            [FEL] Raden gick inte att läsa som text. Den kom inte med. Skriv den igen.
            """
        case .plainStands: "Det här står redan:"
        case .plainBlock: "Skriv. En tom rad = klart. < = tillbaka, 0 = spara och lås."
        case .plainBlockStands:
            """
            Det du skriver läggs till sist. En rad med bara - tar bort allt. En tom rad = \
            klart.
            """
        case .plainLine: "Skriv och tryck Enter. < = tillbaka."
        case .plainLineStands: "Bara Enter behåller det. < = tillbaka."
        case .listMore: "Fler"
        case .listFromStart: "Från början"
        // Help
        case .otherLanguage: "English"
        case .helpKeys1:
            """
            Siffra väljer. Enter går vidare. Backsteg går tillbaka. 0 sparar och låser.
            """
        case .helpKeys2: "När du skriver: Enter en gång ger ny rad. Enter två gånger är klart."
        case .helpKeys3:
            """
            Pilar, Home och End flyttar. Ctrl+W tar bort ett ord. Ctrl+Z ångrar. Du behöver \
            dem inte.
            """
        case .helpKeys4:
            """
            Någon ropar? Skriv 0 på en egen rad och tryck Enter, eller tryck 0 där du \
            väljer. Allt är sparat.
            """
        case .helpPlain1: "Skriv siffran och tryck Enter. B går tillbaka. 0 sparar och låser."
        case .helpPlain2: "När du skriver text: en tom rad är klart. < går tillbaka."
        case .helpPlain3: "Inget skrivs över. Frågan kommer alltid sist."
        case .helpPrivacy:
            """
            Skriv inget om enskilda: inga namn, inga personnummer, inga rumsnummer. Skriv \
            till exempel "en boende".
            """
        case .helpKept:
            """
            Varje färdig rad sparas, också om strömmen går. Ditt påbörjade finns under 9 på \
            startsidan.
            """
        case .helpWho:
            """
            Vill du ha ditt påbörjade för dig själv? Tryck 0 och välj Ny person. En pinkod \
            är frivillig.
            """
        case .helpPaper: "Det finns också en pappersblankett. Någon kan skriva åt dig."
        // The handbook's page of the process (domain.md 1.3)
        case .processIntro: "Så går en idé genom Sluss. Steg kan tas om, hoppas över eller sluta."
        case .process1: "1 Identifiera möjligheter (Inkommen, Mottagen)"
        case .process1Question: "Är behovet verkligt, och vems är det?"
        case .process2: "2 Skapa lösningsförslag (Bereds)"
        case .process2Question: "Vad kan vi göra? Vilket förslag prövar vi först?"
        case .process3: "3 Pröva (Testas)"
        case .process3Question: "Fungerar det i liten skala, och är det tillåtet?"
        case .process4: "4 Utveckla (Överlämnad, Genomförs)"
        case .process4Question: "Vem äger det, och vad behövs?"
        case .process5: "5 Inför (Införd, Effekt följd, Sprids)"
        case .process5Question: "Används det? Märks nyttan? Vill andra ha det?"
        case .processGuide:
            """
            Innovationsguiden säger: ringa in, undersöka, fokusera, ta fram idéer, testa \
            idéer, förverkliga.
            """
        case .processEnd:
            """
            Varje idé får svar: ja, testa, vila eller nej med skäl. Första svaret kommer \
            inom 14 dagar.
            """
        // Is it an idea at all?
        case .routeQuestion: "Vad vill du berätta?"
        case .routeIdea: "En idé eller något som kan bli bättre"
        case .routeDeviation: "Det gick fel, eller kan gå fel, för boende, brukare eller elev"
        case .routeInjury: "Någon skadade sig, eller var nära, på jobbet"
        case .routeOffence: "Ett barn eller en elev blev kränkt"
        case .routeFault: "Något är trasigt, eller it-fel"
        case .routeEmployment: "Lön, konflikt eller en kollega"
        case .routeWrongdoing: "Något allvarligt fel på arbetsplatsen"
        case .routeComplaint: "Klagomål från boende eller anhörig"
        case .channelDeviation:
            """
            Skriv en avvikelse. I socialtjänsten gäller lex Sarah, i vården gäller \
            vårdskada. Säg det till chefen i dag.
            """
        case .channelInjury: "Anmäl tillbud eller arbetsskada till chefen och skyddsombudet i dag."
        case .channelOffence: "Säg det till rektor i dag. Skolan måste utreda."
        case .channelFault: "Gör en felanmälan."
        case .channelEmployment: "Tala med chefen eller facket."
        case .channelWrongdoing: "Använd kommunens visselblåsarfunktion. Den är skyddad."
        case .channelComplaint: "Lämna det som synpunkt eller klagomål."
        case .channelIdeaToo:
            """
            Är det något som kan bli bättre för alla? Den delen kan du skriva här.
            """
        case .channelNothingKept: "Inget av det här sparas i Sluss."
        case .writeImprovement: "Skriv det som kan bli bättre"
        // An idea in three questions
        case .askProblem: "Vad är problemet? Skriv inget om enskilda. (Enter två gånger = klart)"
        case .askSolution: "Har du en idé? (tomt går bra)"
        case .who: "Vem lämnar idén?"
        case .whoGroup: "Vi i gruppen"
        case .whoName: "Mitt namn"
        case .whoAnonymous: "Anonym (inget namn sparas)"
        case .nameIsPublic: "Ett namn blir oftast offentligt när idén är inskickad."
        case .askName: "Vilket namn?"
        case .nameIsEmpty: "[FEL] Namnet är tomt. Skriv ett namn, eller gå tillbaka med Backsteg."
        case .problemTooShort: "[FEL] Skriv lite mer: minst {min} tecken. Texten är kvar."
        case .numberStop:
            """
            [STOPP] Det ser ut som ett personnummer. Siffrorna är borttagna. Skriv till \
            exempel "en boende" i stället.
            """
        case .isItANumber: "Är det ett personnummer?"
        case .numberYes: "Ja, ta bort"
        case .numberNo: "Nej, telefon eller annat"
        case .tryAgain: "Försök igen"
        case .changeText: "Ändra texten"
        case .makeAddendum: "Gör den till ett tillägg"
        case .ideaFromMeeting: "Från anteckning {number}. Raden står kvar där."
        case .receipt: "Kvitto"
        case .receiptSaved: "[KLAR] Sparat. Nummer {number}."
        case .receiptStopped:
            """
            [STOPP] Sparat som utkast {number}, bara här. Det ser ut som ett personnummer: \
            ta bort det innan idén kan skickas.
            """
        case .receiptCode: "Din kod: {code} (skriv upp den). Den öppnar svaret."
        case .receiptAnswer: "Svar senast {day}."
        case .receiptDuty: "Kom ihåg: idén ersätter inte anmälan. {channel}"
        // Ideas and answers
        case .idea: "Idé"
        case .noAnswers: "Inga svar än. Svar kommer med returpaketet på stickan."
        case .noIdeas: "Inga idéer än. Lämna den första!"
        case .haveCode: "Jag har en kod"
        case .unseenAnswer: "NYTT SVAR"
        case .answerToday: "svar senast i dag"
        case .answerInDay: "svar inom 1 dag"
        case .answerInDays: "svar inom {number} dagar"
        case .answerLateDay: "svar FÖRSENAT 1 dag"
        case .answerLateDays: "svar FÖRSENAT {number} dagar"
        case .agree: "Jag håller med"
        case .helpful: "Var svaret till hjälp? {word}"
        case .helpfulSaid: "[KLAR] Tack för svaret."
        case .agreedOne: "[KLAR] Tack. 1 håller med."
        case .agreedMany: "[KLAR] Tack. {number} håller med."
        case .statusIs: "Läge:"
        case .statusConflict: "OLIKA BESKED: {both}. Samordnaren avgör."
        case .answerFrom: "Svar från {role} {day}:"
        case .problemIs: "Problem:"
        case .solutionIs: "Idé:"
        case .handedIn: "Inlämnad {day}. {number} håller med."
        case .askIdeaNumber: "Vilket nummer har idén?"
        case .askCode: "Vilken kod står på kvittot?"
        case .askSearch: "Vad söker du? Skriv ett eller flera ord."
        case .nothingFound: "Inget hittades. Prova ett kortare ord."
        case .foundOne: "1 träff"
        case .foundMany: "{number} träffar"
        case .searchAgain: "Sök igen"
        // Persons, the lock and what has been begun
        case .locked: "Sluss är låst"
        case .lockedKept: "Låst. Det som skrevs är sparat."
        case .lockedPlain: "Låst."
        case .whoIsThere: "Vem är du?"
        case .nobody: "Utan namn"
        case .newPerson: "Ny person"
        case .quit: "Stäng Sluss"
        case .quitQuestion: "Stänga Sluss? Det som skrevs är sparat."
        case .notYet: "Nej, inte nu"
        case .askPIN: "Pinkod för {name}"
        case .wrongPIN:
            """
            [FEL] Fel pinkod. Inget är borta. Försök igen, eller gå tillbaka med Enter.
            """
        case .newPersonWhy:
            """
            Ett namn på den här datorn gör att du hittar det du började skriva. Det skickas \
            aldrig.
            """
        case .askPersonName: "Vad ska det stå? Förnamn eller initialer räcker. (tomt = tillbaka)"
        case .pinWhy:
            """
            En pinkod gömmer det {name} har börjat skriva för andra. Tom rad = ingen pinkod.
            """
        case .askNewPIN: "Välj en pinkod, 4 till 8 siffror"
        case .askPINAgain: "Skriv samma pinkod en gång till"
        case .pinMustBe: "[FEL] En pinkod har 4 till 8 siffror. Inget har sparats."
        case .pinsDiffer: "[FEL] Det blev olika. Inget har sparats. Välj pinkod igen."
        case .begun: "Det du började skriva"
        case .begunHere: "Välj det du vill fortsätta med."
        case .nothingBegun: "Du har inget påbörjat."
        case .begunIdea: "Idé, sparad {when}"
        case .begunMeeting: "Rad i APT, sparad {when}"
        case .justNow: "nyss, bara i minnet"
        case .goOn: "Fortsätt"
        case .throwAway: "Släng"
        case .throwAwayQuestion: "Släng texten? Den går inte att få tillbaka."
        case .firstWordWhy: "Texten visas bara för den som skrev den."
        case .askFirstWord: "Vilket är textens första ord?"
        case .otherFirstWord: "[FEL] Den börjar inte så. Texten är kvar."
        case .keptAsBegun: "Sparat som påbörjat. Det finns under 9 på startsidan."
        case .draftNotKept:
            """
            [FEL] Texten kunde inte sparas på disken. Den finns kvar i minnet: stäng inte av \
            datorn. {reason}
            """
        // Workplace meetings
        case .noMeetings: "Inga anteckningar än."
        case .newMeeting: "Nytt möte"
        case .newMeetingWhat:
            """
            Anteckning för i dag, {day}. Öppna åtgärder och svar på våra idéer följer med \
            från förra mötet.
            """
        case .beginMeeting: "Börja"
        case .writeItem: "Skriv på en punkt"
        case .writeDecision: "Beslut"
        case .writeAction: "Åtgärd"
        case .writeLift: "Lyft vidare"
        case .writePresent: "Närvarande"
        case .setAction: "Åtgärdernas läge"
        case .lineToIdea: "Gör en rad till idé"
        case .finishNote: "Klar eller justera"
        case .writeAddendum: "Tillägg"
        case .presentIs: "Närvarande: {number}"
        case .twoTexts: "OLIKA BESKED: två har skrivit på samma gång"
        case .decision: "Beslut:"
        case .action: "Åtgärd:"
        case .lift: "Lyft:"
        case .proposal: "Föreslaget tillägg (skrivet medan det justerades):"
        case .addendum: "Tillägg:"
        case .dueBy: "senast {day}"
        case .overdue: "FÖRSENAD"
        case .signedBy: "Justerad av {names}"
        case .presentWhy: "Bara antal. Skriv aldrig varför någon är borta."
        case .askPresent: "Hur många var med? Flera tillfällen: 9+6"
        case .presentMustBe: "[FEL] Skriv antal, till exempel 9 eller 9+6. Inget har ändrats."
        case .savedNote: "[KLAR] Sparat."
        case .noActions: "Inga åtgärder i den här anteckningen."
        case .noLines: "Det finns inga rader än."
        case .whichLine: "Vilken rad? Den står kvar i anteckningen."
        case .signOff: "Justera (två namn)"
        case .markReady: "Klar: skickas runt"
        case .finishWarning:
            """
            En justerad anteckning, eller en som skickas till andra, blir allmän handling.
            """
        case .signWarning: "Efter justering går det bara att göra tillägg."
        case .askChair: "Ordförandens namn?"
        case .askSigner: "Justerarens namn?"
        case .signed: "[KLAR] Justerad och låst."
        case .askItem: "Vilken punkt? Skriv numret."
        case .itemMustBe: "[FEL] Skriv punktens nummer, 1 till 999. Inget har ändrats."
        case .askItemTitle: "Punkten är ny. Vilken rubrik?"
        case .askLineText: "Skriv. Inget om enskilda. (Enter två gånger = klart)"
        case .askWho: "Vem gör det? Roll eller initialer (tomt går bra)"
        case .askDecidedBy: "Vem fattade beslutet? Roll (tomt går bra)"
        case .askMandate: "Är det inom chefens mandat?"
        case .mandateYes: "Ja"
        case .mandateNo: "Nej, lyft vidare"
        case .askLiftTo: "Vart ska det lyftas?"
        case .liftCooperation: "samverkansgrupp"
        case .liftManager: "nästa chef"
        case .liftSafety: "skyddskommitté"
        case .askDue: "Klart senast? Datum 2026-03-20, eller antal dagar (tomt går bra)"
        case .dueMustBe: "[FEL] Skriv en dag som 2026-03-20, eller antal dagar. Inget har ändrats."
        // The stick
        case .noPlaces: "Ingen sticka hittades. Sätt i den och tryck 8, eller skriv en mapp."
        case .whichPlace: "Vilken sticka eller mapp?"
        case .bundleThere: "1 paket"
        case .bundlesThere: "{number} paket"
        case .otherFolder: "Skriv en mapp"
        case .askFolder: "Vilken mapp? Till exempel /media/sticka"
        case .publicRecordWarning: "Det som lämnas blir allmän handling. Paketet är krypterat."
        case .exchangeBoth: "Hämta svar och lämna vårt"
        case .exchangeLay: "Bara lämna vårt"
        case .exchangeRead: "Bara hämta svar"
        case .exchangeWorking: "Läser och skriver. Ta inte ur stickan än."
        case .askPassphrase: "Lösenfrasen för enhetens nycklar"
        case .wrongPassphrase: "[FEL] Fel lösenfras. Inget har ändrats."
        case .newForUsOne: "Nytt för oss: 1 svar"
        case .newForUsMany: "Nytt för oss: {number} svar"
        case .conflictOne: "OLIKA BESKED på 1 ställe. Samordnaren avgör."
        case .conflictMany: "OLIKA BESKED på {number} ställen. Samordnaren avgör."
        case .laidReceipt:
            """
            [KLAR] Lagt på stickan: paket {number}, bara kvittens på det vi har hämtat.
            """
        case .laid:
            """
            [KLAR] Lagt på stickan: paket {number}, {records}. Läst tillbaka och \
            kontrollerat.
            """
        case .recordOne: "1 anteckning"
        case .recordMany: "{number} anteckningar"
        case .confirmed: "Centralen har bekräftat till och med paket {number}."
        case .nothingConfirmed: "Centralen har inte bekräftat något paket än."
        case .nothingToLay: "[KLAR] Inget nytt att lämna."
        case .nothingThere: "Inga paket till oss där."
        // The coordinator's desk
        case .deskConflicts: "Olika besked"
        case .deskWaiting: "Idéer som väntar på besked"
        case .deskCommands: "Slå ihop, skicka ut, rapporter"
        case .deskConflictOne: "OLIKA BESKED på 1 ställe väntar på dig."
        case .deskConflictMany: "OLIKA BESKED på {number} ställen väntar på dig."
        case .deskNoConflicts: "Inga olika besked väntar."
        case .deskPutOff: "Uppskjutna: {number}."
        case .deskUnanswered:
            """
            Utan svar: {number}. Försenade {late}, inom 3 dagar {soon}, senare {later}.
            """
        case .deskNoIdeas: "Ingen idé väntar på svar."
        case .deskDue: "Utlovade besked vars dag har kommit: {number}."
        case .deskUnseen: "Svar som enheten inte har sett än: {number}. Skicka ut."
        case .deskCommandLine:
            """
            På kommandoraden: sluss merge, sluss export, sluss report (tryck 3).
            """
        case .folderWord: "MAPP"
        case .reportFile: "rapport.html"
        case .commandsIntro: "Det här görs på kommandoraden, inte här."
        case .commandPlan: "Se vad det som kommit skulle ändra"
        case .commandMerge: "Slå ihop det som kommit"
        case .commandExport: "Skicka ut till alla enheter"
        case .commandReport: "Måndagens rapport"
        case .commandRule: "Avgör många olika besked på en gång (visar först vilka)"
        case .nextOne: "Nästa"
        case .previousOne: "Förra"
        case .placeOf: "{number} av {count}"
        case .footKey: "Siffra eller bokstav väljer. Backsteg = tillbaka. 0 = spara och lås"
        case .plainKey: "Skriv siffran eller bokstaven och Enter. B = tillbaka, 0 = spara och lås."
        case .plainNotAKey: "[FEL] Det valet finns inte här. Inget har ändrats."
        case .begunDecision: "Olika besked, sparat {when}"
        case .begunAnswer: "Svar på en idé, sparat {when}"
        // Conflicts
        case .conflictsNone: "Inga olika besked. Allt är avgjort."
        case .conflictsCount: "Väntar: {number}. Uppskjutna: {later}."
        case .conflictValues: "{number} värden"
        case .conflictToday: "sedan i dag"
        case .conflictDay: "sedan 1 dag"
        case .conflictDays: "sedan {number} dagar"
        case .conflictIsPutOff: "UPPSKJUTET"
        case .conflictPutOffSince: "UPPSKJUTET {day}: {reason}"
        case .conflictItem: "punkt {number}"
        case .conflictBase: "Från början:"
        case .conflictMarks: "Märkt mot början: {removed} {added}"
        case .conflictMarksFirst: "Märkt mot nummer 1: {removed} {added}"
        case .conflictRemoved: "borta"
        case .conflictAdded: "nytt"
        case .conflictMore: "Och {number} till: {command}"
        case .conflictCut: "Bara de första {number} tecknen visas. Hela texten: {command}"
        case .conflictPick: "Nr {number} gäller"
        case .conflictWrite: "Skriv ett eget"
        case .conflictPutOff: "Skjut upp"
        case .conflictReopen: "Ångra uppskovet"
        case .conflictOwn: "Nytt värde:"
        case .conflictPutOffWhat: "Skjuts upp. Kommer ett värde till, är frågan tillbaka."
        case .conflictSettled: "[KLAR] Avgjort: {title}. Beskedet följer med nästa paket."
        case .conflictWasPutOff: "[KLAR] Uppskjutet: {title}. Tryck o för att ångra."
        case .conflictReopened: "[KLAR] Väntar igen: {title}."
        case .conflictUndo: "Ångra {number}"
        case .settledList: "Avgjorda"
        case .settledIntro: "Avgjort här, det senaste först (högst 50)."
        case .settledNone: "Inget som är avgjort här kan öppnas igen."
        case .settledOn: "AVGJORT {day}, {who}: {reason}"
        case .settledChosen: "Gäller nu:"
        case .settledOpen: "Öppna igen"
        case .conflictMoved:
            """
            [TITTA] Värdena är inte längre de du såg. Inget har ändrats. Välj igen.
            """
        case .askValue: "Skriv det som ska gälla."
        case .askValueWord: "Vad ska gälla?"
        case .askValueDay: "Vilken dag ska gälla? 2026-03-20"
        case .valueDayMustBe: "[FEL] Skriv en dag som 2026-03-20. Inget har ändrats."
        case .askReason: "Varför? Skälet sparas och följer med."
        case .reasonIsEmpty: "[FEL] Skriv varför. Inget har ändrats."
        // Answering ideas
        case .dueSince: "besked utlovat {day}"
        case .answerOwn: "Svara med egna ord"
        case .answerTemplate: "Svara med en mall"
        case .askTemplate: "Vilken mall?"
        case .askAnswer: "Svaret till den som lämnade idén. (Enter två gånger = klart)"
        case .answerIsEmpty: "[FEL] Svaret är tomt. Inget har ändrats."
        case .askOwner: "Vem tar det vidare? En roll."
        case .askUntil: "Vilken dag? Datum 2026-03-20, eller antal dagar"
        case .askBecause: "Varför?"
        case .askAdvice: "Vad kan de göra i stället? (tomt går bra)"
        case .partIsEmpty: "[FEL] Det behövs i mallen. Inget har ändrats."
        case .answered: "[KLAR] Svarat på {number}. Svaret följer med nästa paket."
        }
    }
}

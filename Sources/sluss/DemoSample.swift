/// The sample of the demo: six units, twelve ideas and four notes, all of it invented.
enum DemoSample {
    struct Unit {
        let place: String
        let code: String
        let name: String
        var machine = ""
    }

    struct Idea {
        let unit: String
        let number: String
        let day: String
        let submitter: [String]
        let categories: [String]
        let problem: String
        let solution: String
    }

    static let units = [
        Unit(place: "oms-sb-04", code: "OMS-SB-04", name: "Äppelvretens vårdboende"),
        Unit(place: "oms-ht-02", code: "OMS-HT-02", name: "Lomtjärns hemtjänst"),
        Unit(place: "oms-ls-07", code: "OMS-LS-07", name: "Mejselns gruppbostad"),
        Unit(place: "bun-fs-11", code: "BUN-FS-11", name: "Gråmesens förskola"),
        Unit(place: "bun-gr-03", code: "BUN-GR-03", name: "Vassviksskolan"),
        Unit(place: "bun-gr-03b", code: "BUN-GR-03", name: "Vassviksskolan", machine: "B"),
        Unit(place: "tek-ko-01", code: "TEK-KO-01", name: "Kostenheten Råglunden"),
    ]

    static let ideas = [
        Idea(
            unit: "oms-sb-04", number: "OMS-SB-04-26-0001", day: "2026-01-12",
            submitter: ["--group", "--origin", "APT"], categories: ["arbetsmiljö", "resurser"],
            problem:
                "På helgerna tar skydd och handskar slut i förrådet och någon får springa till grannavdelningen.",
            solution:
                "Märk varje hylla med bild och ett streck för lägsta nivå. Den som ser strecket vänder en röd bricka."
        ),
        Idea(
            unit: "oms-ht-02", number: "OMS-HT-02-26-0003", day: "2026-01-20",
            submitter: ["--author", "Kim Ek"], categories: ["kvalitet och säkerhet"],
            problem: "Nya vikarier hittar inte till portar och nyckelskåp när det är mörkt.",
            solution:
                "En laminerad områdeskarta i varje bil med nummer på portarna, utan namn på dem som bor där."
        ),
        Idea(
            unit: "oms-ht-02", number: "OMS-HT-02-26-0005", day: "2026-02-02",
            submitter: ["--group"], categories: ["resurser", "miljö"],
            problem: "Elcyklarna står still i november för att däcken byts för sent.",
            solution:
                "Boka däckbyte i augusti och ha två reservhjul i källaren. Kan också gälla skolans cyklar."
        ),
        Idea(
            unit: "oms-sb-04", number: "OMS-SB-04-26-0007", day: "2026-03-02",
            submitter: ["--anonymous"], categories: ["brukar-/elevnytta"],
            problem: "Vagnen skramlar så att boende vaknar på natten.",
            solution: "Mjuka hjul på en av vagnarna och kör den sträckan först."),
        Idea(
            unit: "oms-ls-07", number: "OMS-LS-07-26-0002", day: "2026-02-09",
            submitter: ["--author", "Robin Sund"], categories: ["kvalitet och säkerhet"],
            problem: "Vid brandövning förstår inte alla vart vi ska gå.",
            solution:
                "Bildstöd i tre steg på insidan av dörren, samma bilder som vi använder till vardags."
        ),
        Idea(
            unit: "bun-fs-11", number: "BUN-FS-11-26-0004", day: "2026-01-15",
            submitter: ["--group"], categories: ["information"],
            problem:
                "Föräldrar som nyss kommit hit missar tider för lämning och utflykt.",
            solution: "”Lämna-lappen”: fem bilder och fem språk, klockslag skrivs för hand."),
        Idea(
            unit: "bun-gr-03", number: "BUN-GR-03-26-0006", day: "2026-02-16",
            submitter: ["--author", "Charlie Berg"], categories: ["information", "samarbete"],
            problem:
                "Varje lärare har sin egen form på veckobrevet och vårdnadshavare letar.",
            solution: "En gemensam mall med fasta rubriker och max en sida."),
        Idea(
            unit: "bun-fs-11", number: "BUN-FS-11-26-0008", day: "2026-03-03",
            submitter: ["--group"], categories: ["information"],
            problem: "Föräldrar med barn på två ställen får brev som ser helt olika ut.",
            solution: "Samma mall i förskola och skola."),
        Idea(
            unit: "tek-ko-01", number: "TEK-KO-01-26-0001", day: "2026-01-22",
            submitter: ["--anonymous"], categories: ["resurser"],
            problem: "Det är dyrt att parkera vid köket.",
            solution: "Gratis parkering för alla som arbetar i kommunen."),
        Idea(
            unit: "tek-ko-01", number: "TEK-KO-01-26-0002", day: "2026-01-29",
            submitter: ["--group"], categories: ["miljö"],
            problem: "Ingen vet hur mycket mat som slängs.",
            solution:
                "Väg svinnet varje dag och visa vikten på tavlan i matsalen – eleverna gissar nästa dag."
        ),
        Idea(
            unit: "oms-sb-04", number: "OMS-SB-04-26-0009", day: "2026-03-05",
            submitter: ["--author", "Sam Lund"], categories: ["kvalitet och säkerhet"],
            problem: "Larmknappen i duschen går inte att nå från stolen.",
            solution: "Sätt ett snöre till, och gå igenom alla duschar en gång per år."),
    ]

    /// Idea 12 holds a (fictional) personal number, and so never leaves its computer.
    static let stopped = Idea(
        unit: "oms-ls-07", number: "OMS-LS-07-26-0006", day: "2026-03-06",
        submitter: ["--author", "Robin Sund"], categories: ["resurser"],
        problem:
            "Vi ringer taxi flera gånger om dagen. Senast gällde det 19900101-2385, ring 0701740607 om du undrar.",
        solution: "En färdig beställningslista per vecka.")

    /// Notes A, B and C; D is written in the script, since two computers take part in it.
    static let notes: [(unit: String, day: String, arguments: [String])] = [
        (
            "oms-sb-04", "2026-02-16",
            [
                "--day", "2026-02-11", "--time", "13.30–15.00", "--present", "9+6",
                "--signed", "2026-02-16",
                "--item", "2 Åtgärder förra gången: hyllmärkning KLAR.",
                "--item", "3 Svar på våra idéer: 0001 får spridas – tre enheter vill se.",
                "--item", "5 Arbetsmiljö: tungt lyft vid hörnrummet.",
                "--decision", "5: låna glidlakan två veckor | enhetschef | inom mandat",
                "--item", "6 Förbättringar: röda brickan fortsätter två veckor till.",
                "--action",
                "6: hämta glidlakan i hjälpmedelsförrådet | kvällsgruppen | 2026-03-01 | öppen",
            ]
        ),
        (
            "oms-ht-02", "2026-02-18",
            [
                "--day", "2026-02-18", "--time", "07.45–08.45", "--present", "12",
                "--status", "klar",
                "--item",
                "4 Verksamhet: ny runda i norra området från v. 11. Oro för långa sträckor.",
                "--lift", "9: schemat för helger (MBL) | samverkansgrupp | 2026-03-12",
                "--action", "9: skriva ut kartor till bilarna | planeringen | 2026-02-25",
            ]
        ),
        (
            "bun-fs-11", "2026-03-06",
            [
                "--day", "2026-03-04", "--time", "16.30–18.00", "--present", "14",
                "--signed", "2026-03-06",
                "--item",
                "3 Svar på våra idéer: Lämna-lappen blev månadens goda exempel. Fika!",
                "--item",
                "6 Förbättringar: prova tyst hall kl. 08.15–08.30 i två veckor. Mått: antal barn som gråter vid lämning, streck på lapp, inga namn.",
            ]
        ),
    ]
}

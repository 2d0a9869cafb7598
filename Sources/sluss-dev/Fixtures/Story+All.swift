import SlussDomain
import SlussSync

extension Story {
    /// Every story that there is.
    static let all: [Story] = ordinary + accidents + strangers

    private static let ordinary = [
        Story(
            name: "same-field-on-two-machines",
            text: """
                A school's two computers change the same need of one idea, each without knowing of the
                other. Both texts stay until a person chooses.
                """
        ) { town in
            try town.make("school", "BUN-GR-03")
            try town.make("schoolB", "BUN-GR-03", machine: "B")
            try town.make("hub", "KLK-SA-01", isCentral: true)
            let number = try town.add("Varje lärare har sin egen form.", at: "school")
            try town.merge([town.export("school")], at: "hub")
            try town.merge([town.export("schoolB")], at: "hub")
            try town.merge([town.export("hub", to: "BUN-GR-03", isKept: false)], at: "schoolB")
            try town.edit(number, at: "school") { $0.problem = "Veckobrevet ser olika ut." }
            try town.edit(number, at: "schoolB") { $0.problem = "Ingen hittar i veckobrevet." }
            try town.export("school")
            try town.export("schoolB")
        },
        Story(
            name: "two-who-settle-differently",
            text: """
                Two coordinators, each at a central of their own, settle the same conflict in two ways.
                That makes one new conflict between the two answers, and nothing goes back and forth.
                """
        ) { town in
            try town.make("care", "OMS-HT-02")
            try town.make("careB", "OMS-HT-02", machine: "B")
            for hub in ["hub", "other"] { try town.make(hub, "KLK-SA-01", isCentral: true) }
            let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
            let first = try town.export("care")
            let empty = try town.export("careB", isKept: false)
            try town.merge([first, empty], at: "hub")
            try town.merge([town.export("hub", to: "OMS-HT-02", isKept: false)], at: "careB")
            try town.edit(number, at: "care") { $0.solution = "En karta." }
            try town.edit(number, at: "careB") { $0.solution = "En app." }
            let both = try [town.export("care"), town.export("careB")]
            for hub in ["hub", "other"] { try town.merge([first] + both, at: hub) }
            try town.resolve("En karta i en app.", at: "hub")
            try town.resolve("En skylt vid porten.", at: "other")
            for hub in ["hub", "other"] {
                try town.exportFull(hub)
            }
        },
        Story(
            name: "a-bundle-that-never-came",
            text: """
                A unit's second bundle is lost on the way; the third begins behind it and has to wait.
                Word comes back to the unit, and its fourth bundle holds again what is missing.
                """
        ) { town in
            try town.make("care", "OMS-HT-02")
            for hub in ["hub", "other"] { try town.make(hub, "KLK-SA-01", isCentral: true) }
            try town.add("Nya vikarier hittar inte till portarna.", at: "care")
            let first = try town.export("care")
            try town.merge([first], at: "hub")
            try town.add("Elcyklarna står still i november.", at: "care")
            let lost = try town.export("care", isKept: false)
            try town.merge([first, lost], at: "other")
            try town.merge([town.export("other", to: "OMS-HT-02", isKept: false)], at: "care")
            try town.add("Kartorna ligger kvar på kontoret.", at: "care")
            try town.export("care")
            try town.merge([town.export("hub", to: "OMS-HT-02", isKept: false)], at: "care")
            try town.add("Nyckelskåpet är för högt.", at: "care")
            try town.export("care")
        },
    ]

    private static let accidents = [
        Story(
            name: "an-imaged-computer",
            text: """
                A unit's computer is imaged on to a new one, and both go on. Neither can tell from
                within. Their logs part at the first write after that; all of both is kept, and what
                both have changed is a conflict.
                """
        ) { town in
            try town.make("care", "OMS-HT-02")
            let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
            try town.export("care")
            try town.image("care", as: "twin")
            try town.edit(number, at: "care") { $0.solution = "En karta vid varje port." }
            try town.edit(number, at: "twin") { $0.solution = "En app med alla portar." }
            try town.at("care") { _ = try $0.support(number) }
            try town.at("twin") { _ = try $0.support(number) }
            try town.add("Elcyklarna står still i november.", at: "care")
            try town.export("care")
            try town.export("twin")
        },
        Story(
            name: "an-image-of-an-image",
            text: """
                One disk is imaged on to two computers, and one of those on to a third, later. The log
                is a tree with two forks.
                """
        ) { town in
            try town.make("care", "OMS-HT-02")
            try town.add("Nya vikarier hittar inte till portarna.", at: "care")
            try town.image("care", as: "second")
            for place in ["care", "second"] { try town.add("Först på \(place).", at: place) }
            try town.image("second", as: "third")
            for place in ["second", "third"] { try town.add("Sedan på \(place).", at: place) }
            for place in ["care", "second", "third"] { try town.export(place) }
        },
        Story(
            name: "a-restored-computer",
            text: """
                A unit's disk is set back to an earlier day, and someone writes before any bundle has
                come back. The lost write is in a bundle that was made before; the new one has the
                same counter. Both are kept.
                """
        ) { town in
            try town.make("care", "OMS-HT-02")
            try town.add("Nya vikarier hittar inte till portarna.", at: "care")
            try town.export("care")
            try town.image("care", as: "backup")
            try town.add("Skrivet före återställningen.", at: "care")
            try town.export("care")
            try town.image("backup", as: "care")
            try town.add("Skrivet efter återställningen.", at: "care")
            try town.export("care")
        },
        Story(
            name: "a-third-who-saw-one-branch",
            text: """
                The central has seen what one of two imaged computers wrote, and replaces it. Then the
                other's write comes, with the same counter and to the same record. What the central
                saw cannot be told from the counter, so it counts as not seen: nothing is overruled
                that may not have been seen.
                """
        ) { town in
            try town.make("care", "OMS-HT-02")
            try town.make("hub", "KLK-SA-01", isCentral: true)
            let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
            try town.image("care", as: "twin")
            try town.edit(number, at: "care") { $0.solution = "En karta vid varje port." }
            try town.edit(number, at: "twin") { $0.solution = "En app med alla portar." }
            let one = try town.export("care")
            try town.merge([one], at: "hub")
            try town.edit(number, at: "hub") { $0.solution = "Karta och skylt." }
            try town.exportFull("hub")
            try town.export("twin")
        },
    ]

    private static let strangers = [
        Story(
            name: "one-poison-write",
            text: """
                A bundle, right in every digest, holds one write whose context no honest writer can
                have had, one whose body is no body, and one that builds on that. The three are set
                aside; the rest goes in.
                """
        ) { town in
            let bundle = CraftedBundle(
                lines: [
                    .init(record: 1, body: #"{"role":"employee","set":{"problem":"Helt."}}"#),
                    .init(record: 1, seen: 1, body: #"{"set":["inget fält"]}"#),
                    .init(record: 2, body: #"{"role":"employee","set":{"problem":"Också helt."}}"#),
                    .init(record: 1, seen: 2, body: #"{"set":{"problem":"Bygger på det."}}"#),
                    .init(record: 2, body: #"{"set":{"problem":"Har inte sett sin egen."}}"#),
                    .init(record: 3, body: #"{"role":"employee","set":{"problem":"Tredje."}}"#),
                ])
            try town.keep(bundle.write(to: town.scratch(), by: town.stranger("OMS-HT-02")))
        },
        Story(
            name: "a-newer-release",
            text: """
                A newer release has written a kind, a field, an operation, a role and members of an
                envelope that this one does not know. All of it is kept and passed on; what is known
                of it is folded.
                """
        ) { town in
            let bundle = CraftedBundle(
                lines: [
                    .init(
                        record: 1,
                        body: #"{"role":"employee","set":{"problem":"Känt.","future":"Okänt."}}"#),
                    .init(record: 2, kind: "survey", body: #"{"set":{"question":"Vilken?"}}"#),
                    .init(
                        record: 1, seen: 1, more: #","later":true"#,
                        body: #"{"role":"archivist","max":{"score":5},"add":{"category":["x"]}}"#),
                ])
            try town.keep(bundle.write(to: town.scratch(), by: town.stranger("OMS-HT-02")))
        },
    ]
}

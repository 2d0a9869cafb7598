import Foundation
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// What happens in the demo, step by step, through the same commands that people type.
enum DemoScript {
    static func run(on stage: inout DemoStage) throws {
        try FileManager.default.createDirectory(
            atPath: stage.folder + "/sticka", withIntermediateDirectories: true)
        try units(&stage)
        try entries(&stage)
        try firstRound(&stage)
        try decisions(&stage)
        try secondRound(&stage)
        try settle(&stage)
        try compare(stage)
    }

    private static func heading(_ swedish: String, _ english: String, _ stage: DemoStage) throws {
        try stage.tell("== " + say(swedish, english))
    }

    private static func stick(_ stage: DemoStage, _ name: String = "") -> String {
        stage.folder + "/sticka" + (name.isEmpty ? "" : "/" + name)
    }

    private static func units(_ stage: inout DemoStage) throws {
        try stage.turn(to: "2026-01-07")
        try heading(
            "Sex enheter och en central, var och en med sitt eget lager, inget nät",
            "Six units and a central, each with its own store, no network", stage)
        try stage.show(
            ["init", "--unit", "KLK-SA-01", "--name", "Samordnaren", "--central"], at: "central")
        for unit in DemoSample.units {
            let file = stick(stage, "inbjudan-\(unit.place).json")
            let invite = ["unit", "add", unit.code, "--name", unit.name, "--output", file]
            let enter = ["init", "--invite", file]
            if unit.place == "oms-sb-04" {
                try stage.show(invite, at: "central")
                try stage.show(enter, at: unit.place)
            } else {
                try stage.run(invite, at: "central")
                try stage.run(enter, at: unit.place)
            }
            // An invitation is used once and lets whoever holds it in: it does not stay about.
            try FileManager.default.removeItem(atPath: file)
        }
    }

    private static func arguments(_ idea: DemoSample.Idea) -> [String] {
        ["idea", "add", "--number", idea.number, "--day", idea.day, "--problem", idea.problem]
            + ["--solution", idea.solution] + idea.submitter
            + idea.categories.flatMap { ["--category", $0] }
    }

    private static func entries(_ stage: inout DemoStage) throws {
        try heading(
            "Tolv idéer och fyra anteckningar skrivs, var och en på sin enhet",
            "Twelve ideas and four notes are written, each at its unit", stage)
        for idea in DemoSample.ideas {
            try stage.turn(to: idea.day)
            if idea.number == "OMS-SB-04-26-0007" {
                try stage.show(arguments(idea), at: idea.unit)
            } else {
                try stage.run(arguments(idea), at: idea.unit)
            }
        }
        try stage.turn(to: "2026-03-06")
        try stage.tell(
            say(
                "Idé 12 har ett personnummer (påhittat). Den stannar på datorn:",
                "Idea 12 has a personal number (fictional). It stays on the computer:"))
        try stage.show(
            arguments(DemoSample.stopped), at: DemoSample.stopped.unit, ending: .look)
        for note in DemoSample.notes {
            try stage.turn(to: note.day)
            try stage.run(["meeting", "add"] + note.arguments, at: note.unit)
        }
        try stage.turn(to: "2026-03-09")
        try stage.run(
            [
                "meeting", "edit", "BUN-FS-11-APT-2026-03-04", "--addendum",
                "provet börjar v. 12, inte v. 11, på grund av studiedag.",
            ], at: "bun-fs-11")
        try stage.turn(to: "2026-03-11")
        try stage.show(
            [
                "meeting", "add", "--day", "2026-03-11", "--time", "15.00–16.15",
                "--present", "21", "--item", "5 Arbetsmiljö: ljudnivån i matsalen.",
                "--item", "8 Utbildning: två platser på innovationsledarnas träff 2026-04-02.",
                "--action", "8: anmäla | arbetslagsledare | 2026-03-20 | pågår",
            ], at: "bun-gr-03")
    }

    private static func firstRound(_ stage: inout DemoStage) throws {
        try stage.turn(to: "2026-03-12")
        try heading(
            "Första rundan: varje enhet lägger ett paket på stickan",
            "First round: each unit puts a bundle on the stick", stage)
        for unit in DemoSample.units {
            if unit.place == "oms-sb-04" {
                try stage.show(["export", "--output", stick(stage)], at: unit.place)
            } else {
                try stage.run(["export", "--output", stick(stage)], at: unit.place)
            }
        }
        try heading("Centralen slår ihop dem", "The central merges them", stage)
        try stage.show(["merge", stick(stage), "--dry-run"], at: "central")
        try stage.show(["merge", stick(stage)], at: "central")
        try stage.show(["idea", "list"], at: "central")
        // The school's second computer gets the notes through the central.
        try stage.run(["export", "--to", "BUN-GR-03", "--output", stick(stage)], at: "central")
        try stage.run(["merge", stick(stage, "klk-sa-01-bun-gr-03-0001.sluss")], at: "bun-gr-03b")
    }

    private static func decisions(_ stage: inout DemoStage) throws {
        try stage.turn(to: "2026-03-13")
        try heading(
            "Två håll, utan att veta om varandra: idé 02 och anteckning D",
            "In two places, neither knowing of the other: idea 02 and note D", stage)
        try stage.show(
            [
                "idea", "status", "OMS-HT-02-26-0003", "Införd", "--day", "2026-03-12", "--force",
                "--role", "enhetschef",
            ], at: "oms-ht-02")
        try stage.show(
            [
                "idea", "status", "OMS-HT-02-26-0003", "Vilar", "--text", "väntar på ny kartmall",
                "--until", "2026-08-10", "--force",
            ], at: "central")
        try stage.show(
            [
                "meeting", "edit", "BUN-GR-03-APT-2026-03-11", "--item",
                "5: ljudnivån i matsalen, låna mätare av TEK.",
            ], at: "bun-gr-03")
        try stage.show(
            [
                "meeting", "edit", "BUN-GR-03-APT-2026-03-11", "--item",
                "5: ljudnivån i matsalen och korridor B.",
            ], at: "bun-gr-03b")
        for (number, status) in [
            ("OMS-SB-04-26-0001", "Sprids"), ("OMS-HT-02-26-0005", "Överlämnad"),
            ("OMS-LS-07-26-0002", "Kompletteras"), ("BUN-FS-11-26-0004", "Införd"),
            ("BUN-GR-03-26-0006", "Vilar"), ("BUN-FS-11-26-0008", "Sammanförd"),
            ("TEK-KO-01-26-0001", "Avslutad"), ("TEK-KO-01-26-0002", "Effekt följd"),
            ("OMS-SB-04-26-0009", "Hänvisad"),
        ] {
            // Months of work in one go, so the steps between are left out.
            try stage.run(["idea", "status", number, status, "--force"], at: "central")
        }
        try stage.show(
            [
                "idea", "answer", "OMS-SB-04-26-0007",
                "Tack! Vi har läst. Samordnaren tar det vidare. Nästa besked: 2026-03-27.",
            ], at: "central")
        try stage.run(["idea", "support", "OMS-HT-02-26-0005"], at: "oms-ht-02")
        try stage.run(["idea", "support", "OMS-HT-02-26-0005"], at: "central")
    }

    private static func secondRound(_ stage: inout DemoStage) throws {
        try stage.turn(to: "2026-03-16")
        try heading(
            "Andra rundan: centralen ser vad som sagts på två håll",
            "Second round: the central sees what was said in two places", stage)
        for place in ["oms-ht-02", "bun-gr-03", "bun-gr-03b"] {
            try stage.run(["export", "--output", stick(stage)], at: place)
        }
        try stage.show(["merge", stick(stage)], at: "central", ending: .look)
    }

    private static func settle(_ stage: inout DemoStage) throws {
        try heading(
            "Samordnaren avgör, och svaren åker tillbaka",
            "The coordinator settles, and the answers travel back", stage)
        try stage.show(
            [
                "conflicts", "resolve", "OMS-HT-02-26-0003/status", "--value", "Införd",
                "--reason", "kartorna ligger redan i bilarna",
            ], at: "central")
        let conflict = try conflictOfNoteD(stage)
        try stage.show(
            [
                "conflicts", "resolve", conflict, "--value",
                "ljudnivån i matsalen och korridor B, låna mätare av TEK.", "--reason",
                "båda datorernas text behövs",
            ], at: "central")
        try stage.show(["export", "--to", "all", "--output", stick(stage)], at: "central")
        let files = try FileManager.default.contentsOfDirectory(atPath: stick(stage))
        for unit in DemoSample.units {
            let bundles = files.filter {
                $0.hasPrefix("klk-sa-01-\(unit.code.lowercased())-")
            }.sorted().map { stick(stage, $0) }
            if unit.place == "oms-sb-04" {
                try stage.show(["merge"] + bundles, at: unit.place)
            } else {
                try stage.run(["merge"] + bundles, at: unit.place)
            }
        }
        try heading("Svaret syns på enheten", "The answer is there at the unit", stage)
        try stage.show(["idea", "show", "OMS-SB-04-26-0007"], at: "oms-sb-04")
        try stage.show(["idea", "show", "OMS-HT-02-26-0003"], at: "oms-ht-02")
        try stage.show(["meeting", "show", "BUN-GR-03-APT-2026-03-11"], at: "bun-gr-03b")
    }

    /// The name of the one conflict of note D, as the merge has shown it.
    private static func conflictOfNoteD(_ stage: DemoStage) throws -> String {
        let unit = try OpenUnit(
            folder: stage.folder + "/central", for: .reading, today: Day(number: 0),
            on: .thisComputer)
        let meeting = try unit.meeting("BUN-GR-03-APT-2026-03-11")
        guard let conflict = meeting.state.conflicts.first, meeting.state.conflicts.count == 1
        else { throw DemoStage.Failed(description: "note D has not one conflict") }
        return conflict.id
    }

    private static func compare(_ stage: DemoStage) throws {
        try heading(
            "Samma skrivningar, samma läge: fyra ord att läsa upp i telefon",
            "The same writes, the same state: four words to read out on the phone", stage)
        let central = try OpenUnit(
            folder: stage.folder + "/central", for: .reading, today: Day(number: 0),
            on: .thisComputer
        ).status()
        for unit in DemoSample.units {
            let status = try OpenUnit(
                folder: "\(stage.folder)/\(unit.place)", for: .reading, today: Day(number: 0),
                on: .thisComputer
            ).status()
            let peer = central.peers.first {
                $0.unit == status.unit && $0.machine == unit.machine
            }
            guard let there = peer?.state, there == status.state else {
                throw DemoStage.Failed(description: "\(unit.code): the states differ")
            }
            try StandardOutput.write(
                "  \(unit.code)\(unit.machine)  \(status.state.spoken)  = "
                    + say("centralen", "the central") + " \(there.spoken)\n")
        }
        try stage.show(["check"], at: "central")
    }
}

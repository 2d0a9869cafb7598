import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

@Suite struct MeetingTests {
    private static func code(_ act: () throws -> Void) -> String? {
        do { try act() } catch { return Explanation(of: error).code }
        return nil
    }

    private func note(_ change: (inout MeetingEntry) -> Void) -> MeetingEntry {
        var entry = MeetingEntry()
        change(&entry)
        return entry
    }

    @Test func twoWithDifferentNamesSignOff() throws {
        let town = try Town.school()
        let draft = try town.open("school").add(
            note { $0.items = [NoteLine(item: 5, text: "ljudnivån")] }, by: .init())
        let number = try #require(draft.number)
        #expect(draft.signers.isEmpty && !draft.isLocked)
        for (names, code) in [
            (["Anna"], "signersNotTwo"), (["Anna", "Bo", "Cia"], "signersNotTwo"),
            (["Anna", " ANNA "], "signersNotTwo"), (["Anna", ""], "tooShort"),
            (["Anna", "19900101-2385"], "personalNumber"),
            (["Anna", "Bo\u{1B}[2J"], "controlCharacter"),
        ] {
            let found = Self.code {
                _ = try town.open("school").edit(number, note { $0.signers = names }, by: .init())
            }
            #expect(found == code, "\(names)")
        }
        let other = note {
            $0.signers = ["Anna", "Bo"]
            $0.status = .ready
        }
        let unsigned = Self.code {
            _ = try town.open("school").edit(number, other, by: .init())
        }
        #expect(unsigned == "signersWithoutSigning")
        #expect(try town.open("school").meeting(number).status == "draft")

        let signed = try town.open("school").edit(
            number, note { $0.signers = ["Anna Å", "Bo"] }, by: .init())
        #expect(signed.status == "signed" && signed.signedDay == "2026-03-09")
        #expect(signed.signers == ["Anna Å", "Bo"] && signed.isLocked)
        // It comes to the central as it is.
        try town.merge([#require(try town.export("school"))], at: "central")
        #expect(try town.open("central").meeting(number).signers == ["Anna Å", "Bo"])
    }

    @Test func aNoteIsSignedAtOnceAndOneSignedWithoutNamesIsRead() throws {
        let town = try Town.school()
        let entry = note {
            $0.signers = ["Anna", "Bo"]
            $0.signedDay = Day("2026-03-08")
        }
        let signed = try town.open("school").add(entry, by: .init())
        #expect(signed.isLocked && signed.signedDay == "2026-03-08")
        // As before there were names, in the store and in a bundle.
        let old = try town.open("school").add(note { $0.status = .signed }, by: .init())
        #expect(old.isLocked && old.signers.isEmpty && old.signedDay == nil)
    }

    @Test func aSignedNoteTakesAdditionsAndItsNumberAndNothingElse() throws {
        let town = try Town.school()
        let signed = try town.open("school").add(
            note {
                $0.items = [NoteLine(item: 5, title: "Arbetsmiljö", text: "ljudnivån")]
                $0.actions = [NoteLine(item: 8, text: "anmäla")]
                $0.signers = ["Anna", "Bo"]
            }, by: .init())
        let number = try #require(signed.number)
        let refused: [MeetingEntry] = [
            note { $0.items = [NoteLine(item: 5, text: "annat")] },
            note { $0.items = [NoteLine(item: 6, text: "nytt")] },
            note { $0.decisions = [NoteLine(item: 5, text: "nytt")] },
            note { $0.actions = [NoteLine(item: 5, text: "nytt")] },
            note { $0.lifts = [NoteLine(item: 5, text: "nytt")] },
            note { $0.actionStatuses = [(1, .done)] }, note { $0.day = Day("2026-03-08") },
            note { $0.time = "13–15" }, note { $0.place = "Matsalen" }, note { $0.present = [3] },
            note { $0.status = .draft }, note { $0.signers = ["Cia", "Dan"] },
            note {
                $0.addendum = "Tillagt."
                $0.time = "13–15"
            },
            note {
                $0.wantsNewNumber = true
                $0.time = "13–15"
            },
        ]
        let before = try town.state("school")
        for entry in refused {
            #expect(throws: InputError.signedNote(number)) {
                try town.open("school").edit(number, entry, by: .init())
            }
        }
        #expect(try town.state("school") == before)
        let added = try town.open("school").edit(
            number, note { $0.addendum = "Provet börjar v. 12." }, by: .init())
        #expect(added.addenda == ["Provet börjar v. 12."] && added.isLocked)
        let renumbered = try town.open("school").edit(
            number, note { $0.wantsNewNumber = true }, by: .init())
        #expect(renumbered.number == number + "-2")
        #expect(renumbered.signers == ["Anna", "Bo"])
    }

    /// What the two computers have written since.
    private static func both(_ town: Town) throws -> [String] {
        try [
            #require(try town.export("school", on: "two")),
            #require(try town.export("schoolB", on: "three")),
        ]
    }

    /// Signed off on one machine and made a draft again on another: nobody goes on as if it were one.
    @Test func aNoteThatIsSignedOnOneSideIsLockedOnBoth() throws {
        let (town, number) = try Town.schoolWithTwoComputers(
            with: note { $0.time = "13–15" })
        _ = try town.open("school").edit(
            number, self.note { $0.signers = ["Anna", "Bo"] }, by: .init())
        _ = try town.open("schoolB").edit(number, self.note { $0.status = .ready }, by: .init())
        try town.merge(try Self.both(town), at: "central")
        let both = try town.open("central").meeting(number)
        #expect(both.state.conflicts.map(\.path) == ["status"])
        #expect(both.isLocked)
        #expect(throws: InputError.signedNote(number)) {
            try town.open("central").edit(
                number, self.note { $0.time = "14–15" }, by: .init(role: .coordinator))
        }
    }

    /// One signs the note off while another, elsewhere, goes on writing: the note stands as it was
    /// signed, in whatever order it comes together, and what was written is proposed.
    @Test func whatIsWrittenWhileTheNoteIsSignedOffIsProposed() throws {
        let (town, number) = try Town.schoolWithTwoComputers(
            with: note {
                $0.time = "13–15"
                $0.items = [NoteLine(item: 5, title: "Arbetsmiljö", text: "Ljudet i matsalen.")]
                $0.actions = [NoteLine(item: 5, text: "låna mätare")]
            })
        _ = try town.open("school").edit(
            number, note { $0.signers = ["Anna", "Bo"] }, by: .init())
        _ = try town.open("schoolB").edit(
            number,
            note {
                $0.time = "13–16"
                $0.items = [
                    NoteLine(item: 5, text: "Ljudet i korridor B."),
                    NoteLine(item: 8, text: "Två platser på träffen."),
                ]
                $0.actionStatuses = [(1, .done)]
            }, by: .init())
        let bundles = try Self.both(town)
        for (index, order) in [bundles, bundles.reversed()].enumerated() {
            try town.copy("central", to: "central\(index)")
            for bundle in order { try town.merge([bundle], at: "central\(index)") }
            let central = try town.open("central\(index)")
            let meeting = try central.meeting(number)
            #expect(meeting.isLocked && meeting.signers == ["Anna", "Bo"])
            #expect(try central.conflicts().isEmpty)
            #expect(meeting.time == "13–15")
            #expect(meeting.items.map(\.texts) == [["Ljudet i matsalen."]])
            #expect(meeting.entries(.action).map { $0.value("status")?.asText } == ["open"])
            #expect(
                Set(meeting.proposals.map(\.text)) == [
                    "13–16", "Ljudet i korridor B.", "Två platser på träffen.", "done",
                ])
            #expect(try central.search("korridor").count == 1)
        }
        #expect(try town.state("central0") == town.state("central1"))
    }

    /// Two sign it off in two places, each what stood there: people choose between the two.
    @Test func aNoteThatIsSignedOffTwiceIsSettledByPeople() throws {
        let (town, number) = try Town.schoolWithTwoComputers(
            with: note { $0.items = [NoteLine(item: 5, text: "Ljudet.")] })
        _ = try town.open("school").edit(
            number, note { $0.signers = ["Anna", "Bo"] }, by: .init())
        _ = try town.open("schoolB").edit(
            number,
            note {
                $0.items = [NoteLine(item: 5, text: "Ljudet i korridor B.")]
                $0.signers = ["Anna", "Bo"]
            }, by: .init())
        try town.merge(try Self.both(town), at: "central")
        let central = try town.open("central")
        #expect(try central.conflicts().map { $0.values.count } == [2])
        #expect(try central.meeting(number).proposals.isEmpty)
    }

    @Test func aNoteWithConflictingAnswersIsNotSignedOff() throws {
        let (town, number) = try Town.schoolWithTwoComputers(
            with: note { $0.time = "13–15" })
        _ = try town.open("school").edit(number, note { $0.time = "13–16" }, by: .init())
        _ = try town.open("schoolB").edit(number, note { $0.time = "14–15" }, by: .init())
        try town.merge(try Self.both(town), at: "central")
        let error = #expect(throws: InputError.unsettledNote(number)) {
            try town.open("central").edit(
                number, note { $0.signers = ["Anna", "Bo"] }, by: .init(role: .coordinator))
        }
        let told = try #require(error.map { Explanation(of: $0) })
        #expect(told.status == .badInput && told.phrase.swedish.contains("Avgör dem först"))
    }

    @Test func aLineMadeOfPartsHoldsBarsAndColons() throws {
        let town = try Town.school()
        let text = "prova 08:15 | eller 09:15"
        let meeting = try town.open("school").add(
            note {
                $0.items = [NoteLine(item: 6, title: "Test: ett", text: text)]
                $0.actions = [
                    NoteLine(item: 6, text: text, more: ["Anna | Bo", "", "klar"])
                ]
            }, by: .init())
        #expect(meeting.items.map(\.texts) == [[text]])
        #expect(meeting.items.first?.value("title")?.asText == "Test: ett")
        let action = try #require(meeting.entries(.action).first)
        #expect(action.texts == [text] && action.value("who")?.asText == "Anna | Bo")
        #expect(action.value("due") == nil && action.value("status")?.asText == "done")
        for line in [0, 1000, -1, .min, .max] as [Int64] {
            for entry in [
                note { $0.items = [NoteLine(item: line, text: "x")] },
                note { $0.decisions = [NoteLine(item: line, text: "x")] },
                note { $0.actions = [NoteLine(item: line, text: "x")] },
                note { $0.lifts = [NoteLine(item: line, text: "x")] },
            ] {
                #expect(throws: InputError.noSuchItem(String(line))) {
                    try town.open("school").add(entry, by: .init())
                }
            }
        }
    }

    @Test func anIdeaSaysWhichMeetingItCameFrom() throws {
        let town = try Town.school()
        var entry = IdeaEntry(problem: "Ljudnivån i matsalen är hög.")
        entry.meeting = " BUN-GR-03-APT-2026-03-11 "
        let number = try town.open("school").add(entry).number.description
        let idea = try town.open("school").idea(number)
        #expect(idea.meeting == "BUN-GR-03-APT-2026-03-11")
        #expect(idea.state.text("origin") == "meeting")
        try town.merge([#require(try town.export("school"))], at: "central")
        let there = try town.open("central").idea(number)
        #expect(there.meeting == idea.meeting && !there.state.holdsUnknown)
        for (text, code) in [
            ("", "tooShort"), (String(repeating: "x", count: 41), "tooLong"),
            ("a\nb", "controlCharacter"), ("19900101-2385", "personalNumber"),
        ] {
            entry.meeting = text
            #expect(Self.code { _ = try town.open("school").add(entry) } == code)
        }
        // A draft that is handed in keeps it.
        entry.meeting = "BUN-GR-03-APT-2026-03-11"
        entry.problem = "Senast gällde det 19900101-2385."
        let draft = try town.open("school").add(entry)
        #expect(draft.isStopped)
        try town.edit(draft.number.description, at: "school") { $0.problem = "Senast i tisdags." }
        let sent = try town.open("school").idea(draft.number.description)
        #expect(sent.state.audience != .local && sent.meeting == entry.meeting)
    }
}

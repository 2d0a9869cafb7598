import Foundation
import SlussArchive
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing

/// Every error that has to do with trust, the register, reports, statuses or plans is one clear
/// sentence or more, in both languages.
///
/// What happened, what was not changed, what to do next; with its code and exit status.
@Suite struct RefusalTextTests {
    private static let unit: UnitCode = {
        guard let unit = UnitCode("OMS-SB-04") else { preconditionFailure("a code") }
        return unit
    }()
    private static let key = DevicePrivateKey().publicKey
    private static let hostile = "\u{1B}[2J\u{202E}x"

    private static let refusals: [(any Error, String, Int32)] = [
        (BundleRefusal.badSignature, "badSignature", 12), (BundleRefusal.noKey, "noKey", 40),
        (BundleRefusal.notEncrypted, "notEncrypted", 12),
        (BundleRefusal.unknownDevice(key, unit: unit), "unknownDevice", 12),
        (BundleRefusal.unknownNetwork(root: key), "unknownNetwork", 12),
        (BundleRefusal.unknownNetwork(root: nil), "unknownNetwork", 12),
        (BundleRefusal.wrongNetwork(nil), "wrongNetwork", 12),
        (BundleRefusal.wrongSender(unit), "wrongSender", 12),
        (BundleRefusal.revoked(key, unit: unit), "revoked", 12),
        (BundleRefusal.untrustedStatement, "untrustedStatement", 12),
        (BundleRefusal.unexpectedEntry(hostile), "unexpectedEntry", 12),
        (BundleRefusal.wrongReceiver(hostile), "wrongReceiver", 12),
        (BundleRefusal.overLimit("ratioMax", max: 500), "overLimit", 12),
        (BundleRefusal.overLimit("branchDepthMax", max: 256), "overLimit", 12),
        (BundleRefusal.overLimit("recordWritesMax", max: 10_000), "overLimit", 12),
        (BundleRefusal.overLimit("deviceLogsMax", max: 1024), "overLimit", 12),
        (LargeBundle(), "largeBundle", 12),
        (NoRoom(folder: hostile, needed: 9 << 20, free: 7), "diskFull", 30),
        (MassChange(changed: 51, known: 60, ended: 2), "massChange", 12),
        (KeyError.missing(hostile), "keyMissing", 40),
        (KeyError.notThere(hostile), "keyNotThere", 40),
        (KeyError.tooOpen(hostile), "keyTooOpen", 40),
        (KeyError.malformed(hostile), "keyMalformed", 40),
        (KeyError.foreign(hostile), "keyForeign", 40),
        (KeyError.passphraseNeeded(hostile), "passphraseNeeded", 40),
        (KeyError.wrongPassphrase(""), "wrongPassphrase", 40),
        (KeyError.noRecipient, "noRecipient", 40), (KeyError.noRoot, "noRoot", 40),
        (KeyError.shutOut, "shutOut", 40), (InputError.roleNotHere, "roleNotHere", 65),
        (InputError.unreadableInvitation(hostile), "unreadableInvitation", 65),
        (InputError.onlyCentral, "onlyCentral", 65),
        (InputError.plainNotAllowed, "plainNotAllowed", 65),
        (InputError.otherKey(found: key.fingerprint), "otherKey", 65),
        (InputError.alreadyKnown(key.fingerprint), "alreadyKnown", 65),
        (InputError.noSuchDevice(hostile), "noSuchDevice", 65),
        (InputError.severalDevices(hostile, keys: ["a", "b"]), "severalDevices", 65),
        (InputError.nothingToAccept, "nothingToAccept", 65),
        (InputError.weakPassphrase, "weakPassphrase", 65),
        (InputError.centralsCode(hostile), "centralsCode", 65),
        (InputError.machineTaken(hostile), "machineTaken", 65),
        (InputError.severalLogs(["a", "b"]), "severalLogs", 65),
        (InputError.notHereYet(2, held: 1), "notHereYet", 65),
        (InputError.allShutOut(hostile), "allShutOut", 65),
        (InputError.nothingKept, "nothingKept", 65),
        (InputError.tooManyMachines(hostile), "tooManyMachines", 65),
        (InputError.tooManyLogs(9000), "tooManyLogs", 65),
        (InputError.notInRegister(hostile), "notInRegister", 65),
        (InputError.noReportUnit, "noReportUnit", 65), (InputError.daysSwapped, "daysSwapped", 65),
        (InputError.noSuchSettling(7), "noSuchSettling", 65),
        (InputError.settlingUndone(7), "settlingUndone", 65),
        (InputError.notReopened(.changed), "notReopened", 65),
        (InputError.notReopened(.inConflict), "notReopened", 65),
        (InputError.notReopened(.gone), "notReopened", 65),
        (InputError.wrongReceipt, "wrongReceipt", 65), (InputError.planMoved, "planMoved", 65),
        (InputError.statusDoesNotFollow(.inUse, after: .submitted), "statusDoesNotFollow", 65),
        (InputError.statusNeeds(.closed, [.reason, .text]), "statusNeeds", 65),
        (FigureError.ownIdea(hostile), "ownIdea", 65),
        (FigureError.notThisUnit(hostile), "notThisUnit", 65),
        (FigureError.onlyIdeasUnit(hostile), "onlyIdeasUnit", 65),
        (FigureError.notEnded(hostile), "notEnded", 65),
        (FigureError.newWithoutAll, "newWithoutAll", 65),
        (FigureError.noSurvey(2026), "noSurvey", 65),
        (FigureError.surveyOpen(2026), "surveyOpen", 65),
        (FigureError.surveyClosed(2026), "surveyClosed", 65),
        (FigureError.surveyListTaken, "surveyListTaken", 65),
        (FigureError.surveyColumn(hostile), "surveyColumn", 65),
        (FigureError.surveyResultGoes(2026), "surveyResultGoes", 65),
        (FigureError.surveyDamaged(hostile), "surveyDamaged", 13),
        (FigureError.ratingWithoutAnswers, "ratingWithoutAnswers", 65),
        (InputError.settleFirst(Phrase("lösning", "solution")), "settleFirst", 65),
        (InputError.eraseWhole(Phrase("stöd", "support")), "eraseWhole", 65),
        (InputError.nothingToErase, "nothingToErase", 65),
        (InputError.decisionHolds(run: 3, record: hostile), "decisionHolds", 65),
        (InputError.blockedNote(hostile), "blockedNote", 65),
        (InputError.alreadyBlocked, "alreadyBlocked", 65),
        (InputError.notBlocked, "notBlocked", 65),
        (BackupError.rehearsalDiffers, "rehearsalDiffers", 13),
        (BackupError.notFull, "notFull", 12),
        (BackupError.foreignFolder(hostile, name: hostile), "foreignFolder", 65),
        (BackupError.otherStore(hostile, unit: hostile), "otherStore", 65),
        (BackupError.folder(hostile, number: 28), "diskFull", 30),
        (BackupError.folder(hostile, number: 13), "inputOutput", 30),
        (BackupError.nothingToSave, "nothingToSave", 13),
    ]

    /// Nobody is told to send again what would be refused again.
    @Test(arguments: ["branchDepthMax", "deviceLogsMax", "recordWritesMax", "recordBytesMax"])
    func whatWouldBeRefusedAgainIsNotAskedForAgain(limit: String) {
        let told = Explanation(of: BundleRefusal.overLimit(limit, max: 7))
        #expect(told.phrase.swedish.contains("Ring enheten"))
        #expect(!told.phrase.swedish.contains("skicka ut igen"))
        #expect(told.phrase.swedish.contains("\(limit)"))
    }

    /// Here something has changed: the new store is there.
    @Test func aRestoreThatIsNotFinishedSaysWhereTheStoresAre() {
        let explanation = Explanation(of: BackupError.unfinished("/new", former: Self.hostile))
        #expect(explanation.code == "unfinished" && explanation.status == .inputOutput)
        for text in [explanation.phrase(.swedish), explanation.phrase(.english)] {
            #expect(text.contains("/new") && text.contains("‹U+202E›x"))
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        }
        #expect(explanation.phrase(.swedish).contains("Kör samma kommando igen"))
    }

    @Test func everyRefusalSaysWhatAndThatNothingWasChanged() {
        for (error, code, status) in Self.refusals {
            let explanation = Explanation(of: error)
            #expect(explanation.code == code)
            #expect(explanation.status.rawValue == status, "\(code)")
            let (swedish, english) = (explanation.phrase(.swedish), explanation.phrase(.english))
            let isBundle =
                error is BundleRefusal || error is MassChange || error is LargeBundle
            #expect(
                swedish.hasSuffix(
                    isBundle ? "Inget ur paketet har lästs in." : "Inget har ändrats."), "\(code)")
            #expect(
                english.hasSuffix(
                    isBundle ? "Nothing of the bundle was merged." : "Nothing was changed."),
                "\(code)")
            // Said once.
            #expect(swedish.components(separatedBy: "Inget har ändrats.").count <= 2, "\(code)")
            #expect(english.components(separatedBy: "Nothing was changed.").count <= 2, "\(code)")
            for text in [swedish, english] {
                // More than that nothing was changed, and nothing that acts on a screen.
                #expect(text.utf8.count > 40, "\(code)")
                #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
            }
            #expect(swedish != english)
        }
    }
}

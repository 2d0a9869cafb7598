import SlussBundle
import SlussCore
public import SlussDomain
import SlussStore

/// The managers' survey, at the central: answers lie beside the database and go into no bundle.
extension OpenUnit {
    private var surveyFolder: PrivateFolder {
        PrivateFolder(path: store.folder + "/" + SurveyFile.folderName)
    }

    /// Reads a list of answers into a round that is open, or opens it.
    ///
    /// - Returns: How many answers the list had, and how many the round has.
    public func importSurvey(_ path: String, year: Int) throws -> (new: Int, all: Int) {
        let bytes = try ListRows.bytes(path)
        var file = try surveyFile(year) ?? SurveyFile(SurveyRound(year: try checked(year)))
        guard !file.round.isClosed else { throw FigureError.surveyClosed(year) }
        guard file.round.version == SurveyItem.version else {
            throw InputError.needsNewerRelease(String(year))
        }
        let digest = Digest.sha256(bytes).description
        guard file.lists.insert(digest).inserted else { throw FigureError.surveyListTaken }
        let names = try register().administrations(on: today)
        let answers = try SurveyList.answers(bytes, administrations: names, today: today)
        file.round.answers += answers
        guard file.round.answers.count <= SurveyRound.answersMax else {
            throw InputError.tooMuchAtOnce
        }
        try putSurvey(file)
        return (answers.count, file.round.answers.count)
    }

    /// Closes a round: it takes no more answers, and its result may be shown.
    public func closeSurvey(_ year: Int, invited: Int?) throws -> SurveyRound {
        guard var file = try surveyFile(year) else { throw FigureError.noSurvey(year) }
        guard !file.round.isClosed else { throw FigureError.surveyClosed(year) }
        if let invited {
            guard (file.round.answers.count...1_000_000).contains(invited) else {
                throw InputError.malformed(
                    Phrase(
                        "antal tillfrågade, minst så många som har svarat",
                        "how many were asked, at least as many as have answered"), example: "84")
            }
        }
        file.round.invited = invited
        file.round.isClosed = true
        try putSurvey(file)
        return file.round
    }

    /// Throws a round away with all its answers.
    ///
    /// - Parameter isMeant: Whether it may be one that is closed: its result goes, too.
    public func discardSurvey(_ year: Int, isMeant: Bool) throws {
        guard let file = try surveyFile(year) else { throw FigureError.noSurvey(year) }
        guard !file.round.isClosed || isMeant else { throw FigureError.surveyResultGoes(year) }
        try surveyFolder.remove(SurveyFile.name(year))
        try surveyFolder.synchronise()
    }

    /// The result of a closed round, and that of the closed round before it.
    public func surveyResult(_ year: Int) throws -> (now: SurveyResult, before: SurveyResult?) {
        guard let round = try surveyFile(year)?.round else { throw FigureError.noSurvey(year) }
        guard round.isClosed else { throw FigureError.surveyOpen(year) }
        guard let result = SurveyResult(round) else {
            throw InputError.needsNewerRelease(String(year))
        }
        let before = try surveys().last { $0.year < year && $0.isClosed }
        return (result, before.flatMap { SurveyResult($0) })
    }

    /// The rounds, by year.
    public func surveys() throws -> [SurveyRound] {
        guard isCentral else { throw InputError.onlyCentral }
        return try surveyFolder.names().compactMap { name in
            guard let year = Int(name.prefix(4)), name == SurveyFile.name(year) else { return nil }
            return try surveyFile(year)?.round
        }.sorted { $0.year < $1.year }
    }

    private func checked(_ year: Int) throws -> Int {
        guard SurveyRound.years.contains(year) else {
            throw InputError.malformed(Phrase("omgången", "the round"), example: "2026")
        }
        return year
    }

    private func surveyFile(_ year: Int) throws -> SurveyFile? {
        guard isCentral else { throw InputError.onlyCentral }
        let name = SurveyFile.name(try checked(year))
        guard try surveyFolder.names().contains(name) else { return nil }
        guard let bytes = try surveyFolder.read(name, max: SurveyFile.bytesMax),
            let file = SurveyFile(bytes, year: year)
        else { throw FigureError.surveyDamaged(surveyFolder.path(name)) }
        return file
    }

    private func putSurvey(_ file: SurveyFile) throws {
        try surveyFolder.make()
        // No time: when an answer came is nobody's business.
        try surveyFolder.put(
            file.bytes, as: SurveyFile.name(file.round.year), aside: "survey", seconds: 0)
    }
}

import Foundation
import SlussCore
import SlussDomain
import SlussSync
import _SlussTestSupport

/// What a release makes of the bundles that are kept of a format, as a text to be compared byte for
/// byte.
struct FormatResult: Encodable {
    /// What a new central makes of a bundle, if it has merged no other.
    struct Alone: Encodable {
        let id: String
        let kind: String
        let number: UInt64
        let receiver: String
        let signer: String
        let isEncrypted: Bool
        let producer: String
        /// `merged`, or the refusal's code.
        let outcome: String
        let writes: Int
    }

    /// What an invitation says.
    struct Invited: Encodable {
        let unit: String
        let name: String
        let machine: String
        let central: String
    }

    let bundles: [String: Alone]
    let invitation: Invited
    /// A new central that has accepted the unit of the invitation and merged every bundle.
    let central: StoryResult
    /// The unit OMS-HT-02, new, that has merged those that it can.
    let unit: StoryResult

    /// The bundles in a folder.
    static func bundles(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".sluss") }.sorted()
    }

    /// Merges everything that is kept in a folder.
    init(reading folder: String) throws {
        let names = try Self.bundles(in: folder)
        bundles = try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Self.alone("\(folder)/\($0)")) })
        let text = try Invitation(path: "\(folder)/\(FormatFixture.invitation)")
        invitation = Invited(
            unit: text.unit.description, name: text.name, machine: text.machine,
            central: text.central)
        let store = try TemporaryFolder()
        let place = try CaseReader().make(in: store.path)
        let enrolment = "\(folder)/\(FormatFixture.enrolment)"
        guard let signer = bundles[FormatFixture.enrolment]?.signer else {
            throw StoryFailure(what: "nobody asks to be let in")
        }
        _ = try CaseReader.open(place).accept(enrolment, fingerprint: signer)
        // A folder, so that what is for a unit is left alone.
        try Self.merge([folder], at: place)
        central = try StoryResult(at: place)
        let other = try TemporaryFolder()
        let home = try CaseReader(store: .unit).make(in: other.path)
        try Self.merge(FormatFixture.forUnit.map { "\(folder)/\($0)" }, at: home)
        unit = try StoryResult(at: home)
    }

    private static func merge(_ paths: [String], at place: Place) throws {
        let report = try CaseReader.open(place).merge(paths)
        // Of a device that was shut out nothing more is taken once all that counts is here.
        let refused = report.bundles.filter { bundle in
            guard case .refused(let error) = bundle.outcome else { return false }
            return Explanation(of: error).code != "revoked"
        }
        guard refused.isEmpty else {
            let codes = refused.map(\.file)
            throw StoryFailure(what: "refused: \(codes)")
        }
    }

    private static func alone(_ path: String) throws -> Alone {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path)
        let report = try CaseReader.open(place).merge([path])
        guard let bundle = report.bundles.first, let summary = bundle.summary else {
            throw StoryFailure(what: "\(path) cannot be read")
        }
        let outcome =
            switch bundle.outcome {
            case .merged: "merged"
            case .nothingNew: "nothingNew"
            case .refused(let error): Explanation(of: error).code
            }
        return Alone(
            id: summary.digest.description, kind: summary.kind, number: summary.number,
            receiver: summary.receiver, signer: summary.signer.fingerprint,
            isEncrypted: summary.isEncrypted, producer: summary.producer, outcome: outcome,
            writes: bundle.writes)
    }
}

import Foundation

/// What a program says of its commands (`--experimental-dump-help`), as far as a manual needs it.
struct CommandDump: Decodable {
    /// One argument of a command.
    struct Argument: Decodable {
        enum Kind: String, Decodable {
            case positional, option, flag
        }

        struct Name: Decodable {
            enum Kind: String, Decodable {
                case long, short, longWithSingleDash
            }

            let kind: Kind
            let name: String

            /// As it is typed.
            var typed: String { (kind == .long ? "--" : "-") + name }
        }

        let kind: Kind
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let defaultValue: String?
        let isOptional: Bool
        let isRepeating: Bool
        let shouldDisplay: Bool
    }

    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [CommandDump]?
    let shouldDisplay: Bool

    private struct File: Decodable {
        let command: CommandDump
        let serializationVersion: Int
    }

    /// The form of the dump that is understood here.
    private static let form = 0

    /// Reads what a program has said.
    init(_ bytes: Data) throws {
        let file = try JSONDecoder().decode(File.self, from: bytes)
        guard file.serializationVersion == Self.form else {
            throw PackageFailure(what: "the help is in form \(file.serializationVersion)")
        }
        self = file.command
    }

    /// The arguments that people are shown.
    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

    /// The commands below it that have a page; `help` is explained by what it shows.
    var shownCommands: [CommandDump] {
        (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    }
}

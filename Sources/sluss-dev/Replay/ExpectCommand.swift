import ArgumentParser

/// Compares a store with what a workload must give.
struct ExpectCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "expect",
            abstract: "Compare a store with what a workload must give once it is merged.",
            discussion:
                "The store is one that has merged the bundles that replay made of the workload. Prints one line of JSON. Exit status: 0 everything is as it must be, 1 something is wrong."
        )
    }

    @Argument(help: "The workload's folder.")
    var workload: String

    @Argument(help: "The store's folder.")
    var store: String

    func run() throws {
        let workload = try Workload(folder: workload)
        let verdict = try StoreComparison(workload).verdict(ofStore: store)
        try JSONLine.write(verdict)
        guard verdict.isRight(for: workload) else { throw ExitCode.failure }
    }
}

import ArgumentParser

/// The developers' own tool; nothing of it is installed.
@main struct SlussDev: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sluss-dev",
            abstract: "Simulation runs, fixtures, measurements, the package.",
            subcommands: [
                SimulateCommand.self, FixturesCommand.self, ReplayCommand.self,
                ExpectCommand.self, BenchCommand.self, BenchMergeCommand.self,
                BenchLocalCommand.self, BenchExportCommand.self, BenchQueryCommand.self,
                BenchTerminalCommand.self,
                HostileCommand.self, ManualCommand.self, PackageCommand.self,
            ])
    }
}

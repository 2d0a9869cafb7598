import SlussCore
import Testing

@testable import sluss_dev

/// Whatever happens to disks, sticks, clocks and processes: nothing vanishes, everyone agrees.
///
/// Method: the simulation of `sluss-dev simulate`, 60 seeds; see `Simulation`.
///
/// Cryptography that is not optimised makes a seed cost seconds here; more are run in release.
@Suite struct SimulationTests {
    @Test(arguments: UInt64(1)...60)
    func nothingVanishesAndEveryoneAgrees(seed: UInt64) throws {
        _ = try Simulation.run(seed: seed)
    }

    @Test func aSeedRunsTheSameEveryTime() throws {
        let first = try Simulation.run(seed: 7)
        #expect(try Simulation.run(seed: 7) == first)
        #expect(first.writes > 0 && first.bundles > 0)
    }

    #if SLUSS_SABOTAGE
        /// A simulation that passes whatever one does proves nothing: each of these defects, which
        /// real systems have had, must be found.
        @Test(arguments: Sabotage.allCases)
        func whatIsBrokenOnPurposeIsFound(defect: Sabotage) {
            let found = Sabotage.$current.withValue(defect) {
                (UInt64(1)...60).lazy.compactMap { seed -> String? in
                    do { _ = try Simulation.run(seed: seed) } catch { return "\(error)" }
                    return nil
                }.first { text in ["vanished", "gone", "support is"].contains(where: text.contains)
                }
            }
            #expect(found != nil, "\(defect) was not found")
        }
    #endif
}
